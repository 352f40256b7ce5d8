// Does the phone give us its camera, and if not, why? Every answer is a value (Media Capture and Streams, 10.3.1).

/** Which way the lens looks: at the traveller's pass, or at who holds the phone. */
export type Facing = "environment" | "user";

/** Which camera is wanted. A `deviceId` that is not there any more counts as none given. */
export interface CameraWish {
  readonly facing: Facing;
  readonly deviceId?: string;
}

/**
 * Why there is no camera.
 *
 * - `denied`: the person or a policy said no; only they can change it.
 * - `none`: no camera is connected. `in_use`: another application holds it, or the hardware does not start.
 * - `insecure`: the page did not come over HTTPS, so that the browser offers no cameras.
 */
export type CameraFailure = "denied" | "none" | "in_use" | "insecure" | "unknown";

/** What asking came to. `detail` is the browser's own wording, for a log. */
export type CameraAnswer =
  | { readonly ok: true; readonly stream: MediaStream; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly reason: CameraFailure; readonly detail: string };

/** What of the browser the camera needs. */
export interface CameraHost {
  readonly devices: MediaDevices | undefined;
  readonly isSecure: boolean;
  readonly page: Document;
  readonly permissions: Permissions | undefined;
}

/** The names browsers use, older ones included. */
const FAILURES: Readonly<Record<string, CameraFailure>> = {
  NotAllowedError: "denied",
  PermissionDeniedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  DevicesNotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "in_use",
  TrackStartError: "in_use",
  AbortError: "in_use",
};

/** 720 lines: at 3 pixels a module the largest pass fills half of them, and a frame is read in under 10 ms. */
const PICTURE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 60 },
};

/** Gives a running camera or the reason why not. Never rejects. */
export async function askForCamera(host: CameraHost, wish: CameraWish): Promise<CameraAnswer> {
  const { devices } = host;
  if (devices === undefined) {
    return host.isSecure
      ? { ok: false, reason: "unknown", detail: "this browser offers no cameras" }
      : { ok: false, reason: "insecure", detail: "cameras need HTTPS" };
  }
  try {
    return await open(devices, wish);
  } catch (error) {
    const name = nameOf(error);
    if (name === "OverconstrainedError" && wish.deviceId !== undefined) {
      return askForCamera(host, { facing: wish.facing });
    }
    return { ok: false, reason: FAILURES[name] ?? "unknown", detail: String(error) };
  }
}

async function open(devices: MediaDevices, { facing, deviceId }: CameraWish): Promise<CameraAnswer> {
  const which: MediaTrackConstraints =
    deviceId === undefined ? { facingMode: { ideal: facing } } : { deviceId: { exact: deviceId } };
  const stream = await devices.getUserMedia({ audio: false, video: { ...PICTURE, ...which } });
  const [track] = stream.getVideoTracks();
  if (track === undefined) return { ok: false, reason: "none", detail: "a stream without video" };
  return { ok: true, stream, track };
}

function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
}
