import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the API; the built pages are served by the API itself. */
const API = "http://127.0.0.1:8420";

/** GraphiQL carries its fonts as data URLs, which our policy refuses; its page uses ours. */
const graphiqlWithoutFonts: Plugin = {
  name: "graphiql-without-fonts",
  enforce: "pre",
  transform: (code, id) =>
    /graphiql\/dist\/style\.css/.test(id) ? { code: code.replace(/@font-face\s*\{[^}]*\}/g, ""), map: null } : undefined,
};

// The pages' content security policy is strict: nothing may be inlined, neither code nor styles nor fonts.
export default defineConfig({
  plugins: [react(), graphiqlWithoutFonts],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["index.html", "graphiql.html"] },
    // GraphiQL's editor is one large chunk, loaded only on its own page.
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/graphql": { target: API, ws: true }, "/ready": API } },
  // css: else a stylesheet read as text is empty.
  test: { include: ["tests/**/*.test.ts"], css: true },
});
