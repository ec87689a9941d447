/** Which claim the drawer shows. It is part of the address, so that a claim can be linked to and Back closes it. */
import { useCallback, useEffect, useState } from "react";

const CLAIM_ID = /^0x[0-9a-f]{64}$/i;

function fromAddress(): string | null {
  const claimId = new URLSearchParams(location.search).get("claim");
  return claimId !== null && CLAIM_ID.test(claimId) ? claimId : null;
}

export function useOpenClaim(): readonly [string | null, (claimId: string | null) => void] {
  const [claimId, setClaimId] = useState(fromAddress);
  useEffect(() => {
    const follow = () => setClaimId(fromAddress());
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const open = useCallback((next: string | null) => {
    if (next === fromAddress()) return;
    history.pushState(null, "", next === null ? location.pathname : `?claim=${next}`);
    setClaimId(next);
  }, []);
  return [claimId, open];
}
