// The other side's app, served under /check/.

import { openApp } from "./app/open_app.ts";
import { CheckController } from "./check/controller.ts";
import { CheckApp } from "./ui/check_app.tsx";

openApp((onChange) => {
  const controller = new CheckController(() => Date.now(), onChange);
  return {
    draw: () => <CheckApp {...controller.state} {...controller.handlers} />,
    start: () => controller.start(),
    touched: () => {
      controller.touched();
    },
  };
});
