// Whose pass has the number that the officer typed? What was asked last, and what came of it.

import type { EnrolledDevice } from "../store/devices.ts";
import { fetchPhoto, lookUp } from "../sync/look_up.ts";
import type { Server } from "../sync/server.ts";
import type { Timing } from "../sync/timing.ts";
import type { LookUpState } from "../ui/state.ts";
import { describeLookUpFailure } from "./describe.ts";

/** Looks numbers up, one at a time: whatever comes after something newer was asked is thrown away. */
export class NumberDesk {
  readonly #server: Server;
  readonly #timing: Timing;
  readonly #onChange: () => void;
  #state: LookUpState = { kind: "typing", failure: null };

  constructor(server: Server, timing: Timing, onChange: () => void) {
    this.#server = server;
    this.#timing = timing;
    this.#onChange = onChange;
  }

  /** What the screen shows of it. */
  get state(): LookUpState {
    return this.#state;
  }

  /** Begins anew: nothing is typed yet. */
  clear(): void {
    this.#become({ kind: "typing", failure: null });
  }

  /** Asks for a number, then for the photo, which is not waited for. */
  async ask(number: string, device: EnrolledDevice): Promise<void> {
    const asking = this.#become({ kind: "asking", number });
    const outcome = await lookUp({ server: this.#server, timing: this.#timing, device }, number);
    if (!this.#isStill(asking)) return;
    if (outcome.kind !== "found") {
      this.#become({ kind: "typing", failure: describeLookUpFailure(outcome) });
      return;
    }
    const { entry: pass } = outcome;
    const found = this.#become({ kind: "found", pass, photo: null });
    const photo = await fetchPhoto(this.#server, device, pass.number);
    if (this.#isStill(found)) this.#become({ kind: "found", pass, photo });
  }

  #isStill(state: LookUpState): boolean {
    return this.#state === state;
  }

  #become(state: LookUpState): LookUpState {
    this.#state = state;
    this.#onChange();
    return state;
  }
}
