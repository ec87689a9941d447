/** The theme: the system's until the reader chooses; the choice is kept. public/theme.js applies it before the first paint. */
import { useEffect, useState } from "react";

export type Theme = "light" | "dark";

const KEY = "lightdom.theme";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function current(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "dark" || chosen === "light") return chosen;
  return prefersDark.matches ? "dark" : "light";
}

export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(current);
  useEffect(() => {
    const follow = () => setTheme(current());
    prefersDark.addEventListener("change", follow);
    return () => prefersDark.removeEventListener("change", follow);
  }, []);
  const toggle = () => {
    const next: Theme = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Storage is off: the choice holds for this visit.
    }
    setTheme(next);
  };
  return [theme, toggle];
}
