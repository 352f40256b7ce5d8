// What do the screens say in English?

import type { Words } from "./words.ts";

const FACE = "The face is not the one in the picture";
const ALTERED = "The pass looks altered or is damaged";
const COMMANDER = "The gate commander has ordered it";

const REFER = [
  FACE,
  ALTERED,
  "The children are not those on the pass",
  "The answers are not clear",
  "Needs help or protection",
  COMMANDER,
];
const TURN_BACK = [
  FACE,
  ALTERED,
  "Does not want to cross any more",
  "Does not follow the officer's instructions",
  "The gate is closing",
  COMMANDER,
];
const ADMIT = [
  "Secondary inspection found all in order",
  "The gate commander has allowed it",
  "Medical emergency",
  "Identity shown by other papers",
  "Pass confirmed by telephone",
];

export const EN: Words = {
  language: "en",
  common: {
    language: "Language",
    back: "Back",
    cancel: "Cancel",
    close: "Close",
    next: "Next",
    tryAgain: "Try again",
    later: "Later",
    starting: "Starting…",
    direction: { exit: "Exit", entry: "Entry" },
    lane: (name) => `Lane ${name}`,
    freshness: { green: "Data is fresh", amber: "Data is getting old", red: "Data has expired" },
    dataOf: (age) => `Data of this phone: ${age}`,
    sex: { male: "male", female: "female", other: "other" },
    kind: {
      two_year: "Two-year pass",
      extension: "Extended pass",
      one_time: "One-time pass",
      specimen: "Specimen",
    },
    born: "born",
    home: "Home",
    companions: (count) => (count === 1 ? "With 1 child" : `With ${count} children`),
    validUntil: "Valid until",
    validFrom: "Valid from",
    passNumber: "Pass number",
    issuer: "Issuer",
    face: (name) => `Face of ${name}`,
    noFace: "No picture in this pass",
  },
  start: {
    enrol: "Enrol this phone",
    enrolHow: "Point the camera at the code that the gate commander made for this gate.",
    enrolType: "Type the code instead",
    enrolCode: "Code, 16 characters",
    enrolSend: "Enrol",
    enrolAsking: "Asking…",
    enrolFailure: {
      not_a_code: "That is not an enrolment code. It has 16 letters and digits.",
      wrong: "There is no such code. Look at it again, or ask the gate commander for a new one.",
      used: "This code was used by another phone. Ask the gate commander for a new one.",
      expired: "The 10 minutes of this code are over. Ask the gate commander for a new one.",
      too_many: "Too many wrong codes. Wait, then try again.",
      no_answer: "No answer. Connect this phone to the network and try again.",
      not_set_up: "The server is not set up yet. Tell the gate commander.",
      refused: "The server does not accept this phone. Tell the gate commander.",
      not_kept: "This phone cannot keep its key. Leave private browsing, or free some space, and try again.",
      failed: "The server is in trouble. Try again in a minute.",
    },
    retryAfter: (wait) => `Try again in ${wait}.`,
    otherTab: {
      what: "This gate is open in another window.",
      then: "Close the other one, or use it.",
    },
    cannotStart: {
      storage: {
        what: "This phone cannot keep records.",
        then: "Leave private browsing, or free some space, and try again.",
      },
      browser: {
        what: "This browser is too old.",
        then: "Update it, or use another phone.",
      },
    },
    useHere: "Use it here",
    revoked: "This phone was revoked",
    revokedKept: (records) =>
      records === 0
        ? "Every record has been sent; none is left on it."
        : records === 1
          ? "1 record is kept on it."
          : `${records} records are kept on it.`,
    revokedThen: "Do not delete anything. Bring it to the gate commander.",
    enrolAnew: "Enrol it anew",
  },
  camera: {
    starting: "The camera is starting…",
    off: "The camera is off",
    trouble: {
      denied: {
        what: "The camera is not allowed.",
        then: "Allow it in the browser's settings for this page, then try again.",
      },
      none: { what: "This phone has no camera.", then: "Use a code reader, or type the number." },
      in_use: { what: "Another app uses the camera.", then: "Close that app, then try again." },
      not_secure: {
        what: "The camera needs a secure address.",
        then: "Open this page by its https address.",
      },
      stopped: { what: "The camera has stopped.", then: "Start it again." },
      no_decoder: {
        what: "The code reader of this app did not start.",
        then: "Connect to the network once and open the app again.",
      },
      failed: { what: "The camera does not start.", then: "Try again; failing that, restart the phone." },
    },
    torchOn: "Light on",
    torchOff: "Light off",
    zoom: "Zoom",
    flip: "Flip",
    start: "Start the camera",
  },
  lane: {
    touchForSound: "Touch once for sound",
    typeNumber: "Type the number",
    menu: "Menu",
    waiting: (records) =>
      records === 1 ? "1 record waits to be sent" : `${records} records wait to be sent`,
    sendingTrouble: {
      refused: "The server does not take them",
      unknown_device: "The server does not know this phone",
      long_unsent: "Not sent for long",
      clock_differs: "The clock differs from the server's",
    },
    verdict: { admit: "Admit", refer: "Refer", refuse: "Refuse", device: "Phone trouble" },
    deviceNotTraveller: "It is the phone, not the traveller.",
    noData: "Nothing on this pass can be believed, so nothing of it is shown.",
    comingHome: "This person is coming home to Cambodia. Call the gate commander before you decide.",
    backBy: "Back by",
    admittedIn: (seconds) => `Admitted in ${seconds} s`,
    decideFirst: "Decide on this one first",
    action: { 1: "Admit", 2: "Refer", 3: "Turn back" },
    taken: { 1: "Admitted", 2: "Referred", 3: "Turned back" },
    takenByClock: "automatically",
    notTaken: "Not decided yet",
    trouble: {
      no_bundle: {
        what: "This phone has no data yet, so it cannot decide.",
        then: "Connect it to the network. Until then, use another phone.",
      },
      storage_full: {
        what: "Nothing can be written down: the phone is full.",
        then: "Let nobody cross. Free some space or use another phone, then scan again.",
      },
      storage_failed: {
        what: "Nothing can be written down: the phone's storage has failed.",
        then: "Let nobody cross. Close the app and open it again; failing that, use another phone.",
      },
    },
    groundFor: { 1: "Why admit?", 2: "Why refer?", 3: "Why turn back?" },
    groundOwn: "Another ground, in your words",
    groundGive: "Give this ground",
    charactersLeft: (count) => `${count} characters left`,
    grounds: {
      exit: { 1: [...ADMIT, "A new order is not on this phone yet"], 2: REFER, 3: TURN_BACK },
      entry: { 1: [...ADMIT, "A resident coming home"], 2: REFER, 3: TURN_BACK },
    },
    groundsOfCorrection: ["Touched the wrong button", "The time was over before I touched"],
    recents: "Last five scans",
    recentsShort: "Last five",
    noRecents: "Nothing was scanned yet.",
    correctTo: "Correct to",
    correctable: (left) => `Can be corrected for ${left}`,
    moreNotices: (count) => `${count} more in the menu`,
  },
  number: {
    how: "Where the code cannot be read: type the number printed on the pass.",
    ask: "Look it up",
    missing: (characters) =>
      characters === 1 ? "1 character is missing" : `${characters} characters are missing`,
    wrong: "A character is wrong. Compare it with the pass.",
    right: "The number fits together",
    asking: "Asking…",
    failure: {
      not_found: "No pass was issued under this number. Refer, and tell the gate commander.",
      no_answer: "No answer. A number can be looked up only with a network. Without one, refer.",
      too_many: "Too many look-ups. Wait a few minutes, or refer.",
      clock_differs: "The clock of this phone is wrong. Correct its date and time.",
      refused: "The server does not answer this phone. Tell the gate commander.",
    },
    notVerified: "Not verified",
    notVerifiedThen:
      "This is what the register says of the number. Whether the paper is genuine, nobody knows: refer.",
    standing: { valid: "Valid in the register", suspended: "Suspended", revoked: "Revoked" },
    over: "Its days are over",
    notYet: "Its days have not begun",
    another: "Another number",
    noPhoto: "No picture yet",
  },
  menu: {
    notice: {
      storage_full: "The phone is full. Free some space, or use another phone.",
      clock_wrong: "The clock of this phone is wrong. Correct its date and time.",
      no_bundle: "No data on this phone yet. Connect it to the network.",
      storage_low: "Space on this phone is running out. Free some soon.",
      storage_not_kept: "The browser may clear this phone's records. Put the app on the home screen.",
      update_ready: "A new version is ready",
      offline_ready: "Ready to work without a network",
    },
    records: "Records",
    waiting: "waiting",
    sent: "on the way",
    acknowledged: "received",
    lastContact: "Last contact",
    never: "never",
    nextTry: "Next try",
    inTime: (wait) => `in ${wait}`,
    sendNow: "Send now",
    sendingNow: "Sending…",
    data: "Data",
    serial: "Serial",
    none: "none",
    age: "Issued",
    phone: "This phone",
    space: "Space",
    spaceLevel: { enough: "enough", low: "running out", full: "full" },
    keptForUs: "kept safe",
    mayBeCleared: "the browser may clear it",
    device: "Device",
    version: "Version",
    sound: "Sound",
    soundOn: "on",
    soundOff: "off",
    soundLocked: "touch once",
    update: "Update",
    updateAsk: "Take the new version now? The app restarts; nothing is lost.",
    updateNow: "Take it now",
    leave: "Leave this gate",
    leaveAsk: "Shall this phone leave its gate? It can then not scan until it is enrolled anew.",
    leaveKeeps: (records) =>
      records === 0
        ? "Every record has been sent."
        : records === 1
          ? "1 record is unsent: it stays on this phone and will still be sent."
          : `${records} records are unsent: they stay on this phone and will still be sent.`,
    leaveGoOn: "Go on",
    leaveLast: "Leave for good?",
    leaveYes: "Leave this gate",
  },
  check: {
    title: "Check a Cambodian border pass",
    what: "The camera reads the code on the pass. This phone checks by itself, even without a network.",
    nothingKept: "Nothing is sent, nothing is kept.",
    begin: "Check a pass",
    verdict: { ADMIT: "Valid", REFER: "Look closer", REFUSE: "Not valid" },
    deviceTrouble: "Phone trouble",
    root: "National root",
    rootHow: "The fingerprint of the key behind every pass. Compare it once with the published one.",
    gate: "Checkpoint",
    noGate: "No checkpoint",
    gateWhy: "With a checkpoint, its orders and hours are looked at too.",
    withoutGate: "No checkpoint chosen: orders and hours were not looked at.",
    noBundle: {
      what: "No data on this phone yet.",
      then: "Connect to the network once, then try again.",
    },
    cannotStart: { what: "This browser is too old.", then: "Update it, or use another phone." },
  },
};
