/** The indexed head as it moves: `tick` says that rows may have changed and lists should be asked for again. */
import { useEffect, useRef, useState } from "react";
import { useSubscription } from "urql";
import { HEAD, type Meta } from "../api/documents";

/** Blocks may come several times a second; nobody reads faster than this. */
const TICK_MILLISECONDS = 800;
/** Asked for anyway, so that a lost socket shows as old figures for no longer. */
const POLL_MILLISECONDS = 10_000;

export interface Head {
  readonly meta: Meta | undefined;
  readonly reorgTo: string | null;
  readonly tick: number;
}

export function useHead(): Head {
  const [result] = useSubscription({ query: HEAD });
  const [tick, setTick] = useState(0);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const change = result.data?.chainHead;

  useEffect(() => {
    if (change === undefined || waiting.current !== undefined) return;
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      setTick((last) => last + 1);
    }, TICK_MILLISECONDS);
  }, [change]);
  useEffect(() => {
    const poll = setInterval(() => setTick((last) => last + 1), POLL_MILLISECONDS);
    return () => {
      clearInterval(poll);
      clearTimeout(waiting.current);
      waiting.current = undefined;
    };
  }, []);

  return { meta: change?.meta, reorgTo: change?.reorgTo ?? null, tick };
}
