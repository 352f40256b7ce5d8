// GENERATED from spec/reasons.yaml by `npm run tables`. Do not edit: edit the YAML, run that.
// Which reasons can a gate give, what does each lead to, and what does it say to the officer?

import type { Direction, Language, ReasonClass, Verdict } from "./verdicts.ts";

/** One reason; `priority` counts from 0, and the lowest is shown first. */
export interface ReasonEntry {
  readonly priority: number;
  readonly reasonClass: ReasonClass;
  readonly verdicts: Readonly<Record<Direction, Verdict>>;
  readonly text: Readonly<Record<Language, string>>;
  readonly nextStep: Readonly<Record<Language, string>>;
}

/** The stable codes, the weightiest first. */
export const REASON_CODES = [
  "NOT_A_PASS",
  "MALFORMED",
  "ISSUER_UNKNOWN",
  "SIGNATURE_INVALID",
  "SIGNED_OUT_OF_TERM",
  "ISSUER_MISMATCH",
  "OUTSIDE_JURISDICTION",
  "ISSUER_WITHDRAWN",
  "NEVER_ISSUED",
  "SPECIMEN",
  "CLOCK_WRONG",
  "BUNDLE_EXPIRED",
  "STATUS_UNKNOWN",
  "REVOKED",
  "SUSPENDED",
  "ISSUER_EXPIRED",
  "NOT_YET_VALID",
  "EXPIRED",
  "CHECKPOINT_UNKNOWN",
  "CHECKPOINT_CLOSED",
  "OUTSIDE_HOURS",
  "PASS_NOT_ACCEPTED_HERE",
  "QUOTA_REACHED",
  "ALREADY_ACROSS",
  "NOT_ACROSS",
  "STAY_EXCEEDED",
  "BUNDLE_STALE",
] as const;
export type Reason = (typeof REASON_CODES)[number];

export const REASONS: Readonly<Record<Reason, ReasonEntry>> = {
  NOT_A_PASS: {
    priority: 0,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "The code scanned is not a border pass.",
      km: "កូដដែលបានស្កេននេះមិនមែនជាប័ណ្ណព្រំដែនទេ។",
      th: "คิวอาร์โค้ดที่สแกนไม่ใช่ของบัตรผ่านแดน",
    },
    nextStep: {
      en: "Scan the code on the border pass; if there is none, call the gate commander.",
      km: "សូមស្កេនកូដលើប័ណ្ណព្រំដែន បើគ្មាន សូមហៅមេបញ្ជាការច្រក។",
      th: "สแกนคิวอาร์โค้ดบนบัตรผ่านแดน หากไม่มี ให้แจ้งหัวหน้าด่าน",
    },
  },
  MALFORMED: {
    priority: 1,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "The data in this pass is not in the form it must have.",
      km: "ទិន្នន័យក្នុងប័ណ្ណនេះមិនត្រឹមត្រូវតាមទម្រង់ទេ។",
      th: "ข้อมูลในบัตรนี้ไม่ถูกต้องตามรูปแบบ",
    },
    nextStep: {
      en: "Scan again; if nothing changes, do not accept it and call the gate commander.",
      km: "សូមស្កេនម្ដងទៀត បើនៅដដែល សូមកុំទទួលយកប័ណ្ណនេះ ហើយហៅមេបញ្ជាការច្រក។",
      th: "สแกนอีกครั้ง หากยังเป็นเช่นเดิม อย่ารับบัตรนี้ และให้แจ้งหัวหน้าด่าน",
    },
  },
  ISSUER_UNKNOWN: {
    priority: 2,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "The issuer of this pass is not on the trust list.",
      km: "ការិយាល័យចេញប័ណ្ណនេះមិនមានក្នុងបញ្ជីទុកចិត្តទេ។",
      th: "ผู้ออกบัตรนี้ไม่อยู่ในบัญชีรายชื่อที่เชื่อถือ",
    },
    nextStep: {
      en: "Update this phone and scan again; if nothing changes, call the gate commander.",
      km: "សូមធ្វើបច្ចុប្បន្នភាពទូរស័ព្ទ រួចស្កេនម្ដងទៀត បើនៅដដែល សូមហៅមេបញ្ជាការច្រក។",
      th: "ปรับปรุงข้อมูลในโทรศัพท์แล้วสแกนอีกครั้ง หากยังเป็นเช่นเดิม ให้แจ้งหัวหน้าด่าน",
    },
  },
  SIGNATURE_INVALID: {
    priority: 3,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "The signature does not match the data in this pass.",
      km: "ហត្ថលេខាឌីជីថលមិនត្រូវគ្នានឹងទិន្នន័យក្នុងប័ណ្ណនេះទេ។",
      th: "ลายมือชื่อดิจิทัลไม่ตรงกับข้อมูลในบัตรนี้",
    },
    nextStep: {
      en: "Do not accept the pass; call the gate commander.",
      km: "សូមកុំទទួលយកប័ណ្ណនេះ ហើយហៅមេបញ្ជាការច្រក។",
      th: "อย่ารับบัตรนี้ และให้แจ้งหัวหน้าด่าน",
    },
  },
  SIGNED_OUT_OF_TERM: {
    priority: 4,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "This pass was signed outside the time in which its issuer could sign.",
      km: "ប័ណ្ណនេះបានចុះហត្ថលេខាក្រៅរយៈពេលដែលការិយាល័យចេញប័ណ្ណមានសិទ្ធិចុះ។",
      th: "บัตรนี้ลงลายมือชื่อนอกช่วงเวลาที่ผู้ออกบัตรมีสิทธิลงลายมือชื่อ",
    },
    nextStep: {
      en: "Do not accept the pass; call the gate commander.",
      km: "សូមកុំទទួលយកប័ណ្ណនេះ ហើយហៅមេបញ្ជាការច្រក។",
      th: "อย่ารับบัตรนี้ และให้แจ้งหัวหน้าด่าน",
    },
  },
  ISSUER_MISMATCH: {
    priority: 5,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "The issuer named in this pass is not the one that signed it.",
      km: "ការិយាល័យដែលមានឈ្មោះក្នុងប័ណ្ណនេះ មិនមែនជាអ្នកចុះហត្ថលេខាទេ។",
      th: "ผู้ออกบัตรที่ระบุในบัตรนี้ไม่ใช่ผู้ที่ลงลายมือชื่อ",
    },
    nextStep: {
      en: "Do not accept the pass; call the gate commander.",
      km: "សូមកុំទទួលយកប័ណ្ណនេះ ហើយហៅមេបញ្ជាការច្រក។",
      th: "อย่ารับบัตรนี้ และให้แจ้งหัวหน้าด่าน",
    },
  },
  OUTSIDE_JURISDICTION: {
    priority: 6,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "The holder's home is outside the jurisdiction of the issuer.",
      km: "ទីលំនៅរបស់អ្នកកាន់ប័ណ្ណស្ថិតនៅក្រៅដែនសមត្ថកិច្ចរបស់ការិយាល័យចេញប័ណ្ណ។",
      th: "ที่อยู่ของผู้ถือบัตรอยู่นอกเขตอำนาจของผู้ออกบัตร",
    },
    nextStep: {
      en: "Do not accept the pass; call the gate commander.",
      km: "សូមកុំទទួលយកប័ណ្ណនេះ ហើយហៅមេបញ្ជាការច្រក។",
      th: "อย่ารับบัตรนี้ และให้แจ้งหัวหน้าด่าน",
    },
  },
  ISSUER_WITHDRAWN: {
    priority: 7,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "The issuer's key was withdrawn, and this pass is not on the allow-list.",
      km: "កូនសោរបស់ការិយាល័យចេញប័ណ្ណត្រូវបានដកចេញ ហើយប័ណ្ណនេះមិនមានក្នុងបញ្ជីអនុញ្ញាតទេ។",
      th: "กุญแจของผู้ออกบัตรถูกถอนแล้ว และบัตรนี้ไม่อยู่ในบัญชีอนุญาต",
    },
    nextStep: {
      en: "Do not accept the pass; call the gate commander.",
      km: "សូមកុំទទួលយកប័ណ្ណនេះ ហើយហៅមេបញ្ជាការច្រក។",
      th: "อย่ารับบัตรนี้ และให้แจ้งหัวหน้าด่าน",
    },
  },
  NEVER_ISSUED: {
    priority: 8,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "By the status list, this pass was never issued.",
      km: "តាមបញ្ជីស្ថានភាព ប័ណ្ណនេះមិនធ្លាប់ត្រូវបានចេញទេ។",
      th: "ตามบัญชีสถานะ ไม่เคยมีการออกบัตรนี้",
    },
    nextStep: {
      en: "Update this phone and scan again; if nothing changes, call the gate commander.",
      km: "សូមធ្វើបច្ចុប្បន្នភាពទូរស័ព្ទ រួចស្កេនម្ដងទៀត បើនៅដដែល សូមហៅមេបញ្ជាការច្រក។",
      th: "ปรับปรุงข้อมูลในโทรศัพท์แล้วสแกนอีกครั้ง หากยังเป็นเช่นเดิม ให้แจ้งหัวหน้าด่าน",
    },
  },
  SPECIMEN: {
    priority: 9,
    reasonClass: "authenticity",
    verdicts: { exit: "REFUSE", entry: "REFUSE" },
    text: {
      en: "This is a specimen; it gives no right to cross.",
      km: "នេះជាប័ណ្ណគំរូ ដែលមិនផ្ដល់សិទ្ធិឆ្លងដែនទេ។",
      th: "บัตรนี้เป็นบัตรตัวอย่าง ไม่ให้สิทธิข้ามแดน",
    },
    nextStep: {
      en: "Ask for the traveller's own pass; if there is none, call the gate commander.",
      km: "សូមសុំមើលប័ណ្ណព្រំដែនផ្ទាល់ខ្លួនរបស់អ្នកដំណើរ បើគ្មាន សូមហៅមេបញ្ជាការច្រក។",
      th: "ขอดูบัตรผ่านแดนของผู้เดินทางเอง หากไม่มี ให้แจ้งหัวหน้าด่าน",
    },
  },
  CLOCK_WRONG: {
    priority: 10,
    reasonClass: "device",
    verdicts: { exit: "REFER", entry: "REFER" },
    text: {
      en: "The clock of this phone is wrong.",
      km: "ម៉ោងរបស់ទូរស័ព្ទនេះមិនត្រឹមត្រូវទេ។",
      th: "นาฬิกาของโทรศัพท์เครื่องนี้ไม่ถูกต้อง",
    },
    nextStep: {
      en: "Correct its date and time and scan again; failing that, refer.",
      km: "សូមកែកាលបរិច្ឆេទនិងម៉ោង រួចស្កេនម្ដងទៀត បើមិនបាន សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "แก้วันที่และเวลาแล้วสแกนอีกครั้ง หากไม่ได้ ให้ส่งตรวจเพิ่มเติม",
    },
  },
  BUNDLE_EXPIRED: {
    priority: 11,
    reasonClass: "device",
    verdicts: { exit: "REFER", entry: "REFER" },
    text: {
      en: "The data on this phone has expired.",
      km: "ទិន្នន័យក្នុងទូរស័ព្ទនេះផុតសុពលភាពហើយ។",
      th: "ข้อมูลในโทรศัพท์เครื่องนี้หมดอายุแล้ว",
    },
    nextStep: {
      en: "Connect the phone to update it and scan again; failing that, refer.",
      km: "សូមភ្ជាប់បណ្ដាញដើម្បីធ្វើបច្ចុប្បន្នភាព រួចស្កេនម្ដងទៀត បើមិនបាន សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "เชื่อมต่อเครือข่ายเพื่อปรับปรุงข้อมูลแล้วสแกนอีกครั้ง หากไม่ได้ ให้ส่งตรวจเพิ่มเติม",
    },
  },
  STATUS_UNKNOWN: {
    priority: 12,
    reasonClass: "device",
    verdicts: { exit: "REFER", entry: "REFER" },
    text: {
      en: "This phone's status list does not know this pass yet.",
      km: "បញ្ជីស្ថានភាពក្នុងទូរស័ព្ទនេះមិនទាន់មានប័ណ្ណនេះទេ។",
      th: "บัญชีสถานะในโทรศัพท์เครื่องนี้ยังไม่มีข้อมูลบัตรนี้",
    },
    nextStep: {
      en: "Connect the phone to update it and scan again; failing that, refer.",
      km: "សូមភ្ជាប់បណ្ដាញដើម្បីធ្វើបច្ចុប្បន្នភាព រួចស្កេនម្ដងទៀត បើមិនបាន សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "เชื่อมต่อเครือข่ายเพื่อปรับปรุงข้อมูลแล้วสแกนอีกครั้ง หากไม่ได้ ให้ส่งตรวจเพิ่มเติม",
    },
  },
  REVOKED: {
    priority: 13,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: {
      en: "The issuer has revoked this pass.",
      km: "ការិយាល័យចេញប័ណ្ណបានដកហូតប័ណ្ណនេះ។",
      th: "ผู้ออกบัตรได้เพิกถอนบัตรนี้แล้ว",
    },
    nextStep: {
      en: "If leaving, turn back and point to the issuing office; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់ទៅសួរការិយាល័យចេញប័ណ្ណ បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับไปติดต่อผู้ออกบัตร หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  SUSPENDED: {
    priority: 14,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: {
      en: "The issuer has suspended this pass.",
      km: "ការិយាល័យចេញប័ណ្ណបានព្យួរប័ណ្ណនេះជាបណ្ដោះអាសន្ន។",
      th: "ผู้ออกบัตรได้ระงับใช้บัตรนี้ชั่วคราว",
    },
    nextStep: {
      en: "If leaving, turn back and point to the issuing office; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់ទៅសួរការិយាល័យចេញប័ណ្ណ បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับไปติดต่อผู้ออกบัตร หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  ISSUER_EXPIRED: {
    priority: 15,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: {
      en: "The key that signed this pass has expired.",
      km: "កូនសោដែលបានចុះហត្ថលេខាលើប័ណ្ណនេះផុតសុពលភាពហើយ។",
      th: "กุญแจที่ใช้ลงลายมือชื่อบัตรนี้หมดอายุแล้ว",
    },
    nextStep: {
      en: "If leaving, turn back to get a new pass; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់ទៅសុំប័ណ្ណថ្មីនៅការិយាល័យចេញប័ណ្ណ បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับไปขอบัตรใหม่จากผู้ออกบัตร หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  NOT_YET_VALID: {
    priority: 16,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: { en: "This pass is not valid yet.", km: "ប័ណ្ណនេះមិនទាន់មានសុពលភាពនៅឡើយទេ។", th: "บัตรนี้ยังไม่ถึงวันเริ่มใช้" },
    nextStep: {
      en: "If leaving, turn back until the first valid day; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់ទៅវិញ រហូតដល់ថ្ងៃប័ណ្ណមានសុពលភាព បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับไปรอถึงวันเริ่มใช้บัตร หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  EXPIRED: {
    priority: 17,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: { en: "This pass has expired.", km: "ប័ណ្ណនេះផុតសុពលភាពហើយ។", th: "บัตรนี้หมดอายุแล้ว" },
    nextStep: {
      en: "If leaving, turn back to renew it; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់ទៅបន្តសុពលភាពនៅការិយាល័យចេញប័ណ្ណ បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับไปต่ออายุบัตรกับผู้ออกบัตร หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  CHECKPOINT_UNKNOWN: {
    priority: 18,
    reasonClass: "rule",
    verdicts: { exit: "REFER", entry: "REFER" },
    text: {
      en: "This checkpoint is not in the data on this phone.",
      km: "ច្រកនេះមិនមានក្នុងទិន្នន័យរបស់ទូរស័ព្ទនេះទេ។",
      th: "ไม่พบจุดผ่านแดนนี้ในข้อมูลของโทรศัพท์เครื่องนี้",
    },
    nextStep: {
      en: "Refer, and tell the gate commander.",
      km: "សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម ហើយរាយការណ៍ទៅមេបញ្ជាការច្រក។",
      th: "ส่งตรวจเพิ่มเติม และให้แจ้งหัวหน้าด่าน",
    },
  },
  CHECKPOINT_CLOSED: {
    priority: 19,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: {
      en: "This checkpoint is closed by order.",
      km: "ច្រកនេះត្រូវបានបិទតាមបទបញ្ជា។",
      th: "จุดผ่านแดนนี้ปิดตามคำสั่ง",
    },
    nextStep: {
      en: "If leaving, turn back and name an open checkpoint; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់វិញ ហើយណែនាំច្រកដែលបើក បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับและแนะนำจุดผ่านแดนที่เปิด หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  OUTSIDE_HOURS: {
    priority: 20,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: {
      en: "It is outside the opening hours of this checkpoint.",
      km: "ពេលនេះស្ថិតនៅក្រៅម៉ោងបើករបស់ច្រកនេះ។",
      th: "ขณะนี้อยู่นอกเวลาเปิดของจุดผ่านแดนนี้",
    },
    nextStep: {
      en: "If leaving, turn back and say when it opens; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់វិញ ហើយប្រាប់ម៉ោងបើកច្រក បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับและแจ้งเวลาเปิด หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  PASS_NOT_ACCEPTED_HERE: {
    priority: 21,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: {
      en: "By the orders in force, this checkpoint does not accept this pass.",
      km: "តាមបទបញ្ជាជាធរមាន ច្រកនេះមិនទទួលយកប័ណ្ណនេះទេ។",
      th: "ตามคำสั่งที่มีผลบังคับใช้ จุดผ่านแดนนี้ไม่รับบัตรนี้",
    },
    nextStep: {
      en: "If leaving, turn back and name one that accepts it; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់វិញ ហើយណែនាំច្រកដែលទទួលយកប័ណ្ណនេះ បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับและแนะนำจุดผ่านแดนที่รับบัตรนี้ หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  QUOTA_REACHED: {
    priority: 22,
    reasonClass: "rule",
    verdicts: { exit: "REFUSE", entry: "REFER" },
    text: {
      en: "The quota of this checkpoint has been reached for now.",
      km: "ចំនួនអ្នកឆ្លងដែនដែលអនុញ្ញាតនៅច្រកនេះ បានគ្រប់ហើយនៅពេលនេះ។",
      th: "ขณะนี้จำนวนผู้ข้ามแดนของจุดผ่านแดนนี้ครบตามโควตาแล้ว",
    },
    nextStep: {
      en: "If leaving, turn back and say when the next session is; if coming home, refer.",
      km: "បើចេញ សូមឱ្យត្រឡប់វិញ ហើយប្រាប់ម៉ោងវេនបន្ទាប់ បើចូលមកវិញ សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម។",
      th: "หากออกจากกัมพูชา ให้กลับและแจ้งเวลารอบถัดไป หากกลับเข้ากัมพูชา ให้ส่งตรวจเพิ่มเติม",
    },
  },
  ALREADY_ACROSS: {
    priority: 23,
    reasonClass: "rule",
    verdicts: { exit: "REFER", entry: "REFER" },
    text: {
      en: "By the records, the holder has left and has not come back yet.",
      km: "តាមកំណត់ត្រា អ្នកកាន់ប័ណ្ណបានចេញហើយ និងមិនទាន់ត្រឡប់មកវិញទេ។",
      th: "ตามบันทึก ผู้ถือบัตรออกจากกัมพูชาแล้วและยังไม่ได้กลับเข้า",
    },
    nextStep: {
      en: "Refer, to compare the face and the last crossing.",
      km: "សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម ដើម្បីផ្ទៀងផ្ទាត់មុខ និងការឆ្លងដែនលើកមុន។",
      th: "ส่งตรวจเพิ่มเติม เพื่อเทียบใบหน้าและการข้ามแดนครั้งก่อน",
    },
  },
  NOT_ACROSS: {
    priority: 24,
    reasonClass: "rule",
    verdicts: { exit: "REFER", entry: "REFER" },
    text: {
      en: "There is no record that the holder has left.",
      km: "គ្មានកំណត់ត្រាថាអ្នកកាន់ប័ណ្ណបានចេញពីកម្ពុជាទេ។",
      th: "ไม่มีบันทึกว่าผู้ถือบัตรออกจากกัมพูชา",
    },
    nextStep: {
      en: "Refer, to record where and when the holder left.",
      km: "សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម ដើម្បីកត់ត្រាថាបានចេញពីណា និងនៅពេលណា។",
      th: "ส่งตรวจเพิ่มเติม เพื่อบันทึกว่าออกจากที่ใดและเมื่อใด",
    },
  },
  STAY_EXCEEDED: {
    priority: 25,
    reasonClass: "rule",
    verdicts: { exit: "REFER", entry: "REFER" },
    text: {
      en: "The holder has come back later than the stay allows.",
      km: "អ្នកកាន់ប័ណ្ណបានត្រឡប់មកវិញហួសរយៈពេលស្នាក់នៅដែលអនុញ្ញាត។",
      th: "ผู้ถือบัตรกลับมาช้ากว่าระยะเวลาพำนักที่อนุญาต",
    },
    nextStep: {
      en: "Refer, to record the late return; do not send the holder back.",
      km: "សូមបញ្ជូនទៅត្រួតពិនិត្យបន្ថែម ដើម្បីកត់ត្រាការត្រឡប់យឺត កុំឱ្យត្រឡប់ចេញទៅវិញ។",
      th: "ส่งตรวจเพิ่มเติม เพื่อบันทึกการกลับล่าช้า โดยไม่ส่งผู้ถือบัตรกลับออกไป",
    },
  },
  BUNDLE_STALE: {
    priority: 26,
    reasonClass: "notice",
    verdicts: { exit: "ADMIT", entry: "ADMIT" },
    text: {
      en: "The data on this phone is not the newest.",
      km: "ទិន្នន័យក្នុងទូរស័ព្ទនេះមិនមែនថ្មីបំផុតទេ។",
      th: "ข้อมูลในโทรศัพท์เครื่องนี้ไม่ใช่ข้อมูลล่าสุด",
    },
    nextStep: {
      en: "Go on, and connect the phone when you can.",
      km: "សូមបន្តការងារ ហើយភ្ជាប់បណ្ដាញនៅពេលអាច ដើម្បីធ្វើបច្ចុប្បន្នភាព។",
      th: "ทำงานต่อได้ และเชื่อมต่อเครือข่ายเมื่อทำได้ เพื่อปรับปรุงข้อมูล",
    },
  },
};
