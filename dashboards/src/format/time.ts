/** Moments for people. `now` is passed in: ages are pure functions of two moments. */

const STEPS: readonly (readonly [string, number])[] = [
  ["y", 31_557_600],
  ["mo", 2_629_800],
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
];

/** "just now", "5 min", "3 h", "12 d": how long ago `then` was. */
export function age(then: Date, now: Date): string {
  const seconds = Math.floor((now.getTime() - then.getTime()) / 1000);
  if (seconds < 10) return "just now";
  return `${duration(seconds)} ago`;
}

/** The largest whole unit of a span of seconds. */
export function duration(seconds: number): string {
  for (const [unit, length] of STEPS) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  }
  return `${Math.max(0, Math.floor(seconds))} s`;
}

/** The moment in full, in the reader's zone. */
export function moment(value: Date): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" }).format(value);
}
