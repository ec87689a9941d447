// Runs before the first paint, so that a chosen theme does not flash the other one. A file, not inline: the policy is strict.
try {
  const chosen = localStorage.getItem("lightdom.theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is off: the system's preference holds.
}
