// The officer's app, served under /gate/.

import { openApp } from "./app/open_app.ts";
import { GateController } from "./gate/controller.ts";
import { GateApp } from "./ui/gate_app.tsx";

openApp((onChange) => {
  const controller = new GateController(() => Date.now(), onChange);
  return {
    draw: () => <GateApp {...controller.state} {...controller.handlers} />,
    start: () => controller.start(),
    touched: () => {
      controller.touched();
    },
  };
});
