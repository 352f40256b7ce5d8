// Which one-time code did somebody type, or scan?
//
// Sixteen characters of Crockford's Base32, whose alphabet leaves out letters that are taken for digits, in groups of
// four; in a QR code the same after `BP-ENROL:`.

/** What a code begins with as a QR code. */
export const ENROLMENT_PREFIX = "BP-ENROL:";
const FORM = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** Gives a code in the form that is shown (K7QX-9M2D-4RTA-8WHC), or null where the text has not the form of a code. */
export function readEnrolmentCode(typed: string): string | null {
  const text = typed.trim().toUpperCase();
  const body = text.startsWith(ENROLMENT_PREFIX) ? text.slice(ENROLMENT_PREFIX.length) : text;
  const letters = body.replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return FORM.test(letters) ? (letters.match(/.{4}/g) ?? []).join("-") : null;
}
