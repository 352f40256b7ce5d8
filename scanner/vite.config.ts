import { defineConfig } from "vitest/config";

export default defineConfig({
  build: { target: "es2022" },
  test: {
    include: ["tests/**/*.test.ts"],
    reporters: ["default"],
    slowTestThreshold: 3000,
    testTimeout: 30_000,
    passWithNoTests: false,
  },
});
