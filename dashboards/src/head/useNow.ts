/** The present, renewed every few seconds, so that ages on the page keep growing. */
import { useEffect, useState } from "react";

const STEP_MILLISECONDS = 5_000;

export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const step = setInterval(() => setNow(new Date()), STEP_MILLISECONDS);
    return () => clearInterval(step);
  }, []);
  return now;
}
