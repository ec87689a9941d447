import { describe, expect, it } from "vitest";
import type { Claim, PageInfo } from "../src/api/documents";
import { FAULTS, timelineOf } from "../src/claims/timeline";
import { FIRST_CHOICE, choose, newer, older, typedHost, variablesOf } from "../src/claims/window";

const PAGE: PageInfo = { hasNextPage: true, hasPreviousPage: true, startCursor: "start", endCursor: "end" };

describe("turning pages", () => {
  it("asks for ten rows after the last one, or before the first one", () => {
    expect(variablesOf(older(FIRST_CHOICE, PAGE))).toMatchObject({ first: 10, after: "end" });
    expect(variablesOf(newer(older(FIRST_CHOICE, PAGE), PAGE))).toMatchObject({ last: 10, before: "start" });
  });

  it("never sends both directions", () => {
    const variables = variablesOf(older(newer(FIRST_CHOICE, PAGE), PAGE));
    expect(variables).not.toHaveProperty("before");
    expect(variables).not.toHaveProperty("last");
  });

  it("begins again when the filter or the order changes: a cursor belongs to one list", () => {
    const turned = older(FIRST_CHOICE, PAGE);
    for (const change of [{ status: "SLASHED" }, { host: "a.example" }, { order: "REWARD" }] as const) {
      expect(variablesOf(choose(turned, change))).not.toHaveProperty("after");
    }
  });

  it("stays where it is on an empty page", () => {
    const empty = { ...PAGE, startCursor: null, endCursor: null };
    expect(older(FIRST_CHOICE, empty)).toBe(FIRST_CHOICE);
    expect(newer(FIRST_CHOICE, empty)).toBe(FIRST_CHOICE);
  });

  it.each([
    ["Shop.Example", "shop.example"],
    [" https://shop.example/basket?x#y ", "shop.example"],
    ["http://shop.example:8080", "shop.example"],
    ["", ""],
  ])("takes %s for the host %s", (typed, host) => {
    expect(typedHost(typed)).toBe(host);
  });
});

const CLAIM = {
  status: "PENDING", bondWei: "1", revealedAt: "2026-01-01T00:00:00Z", revealedBlock: "1", attestations: [],
  deadline: "2026-01-08T00:00:00Z", decidedAt: null, decidedBlock: null, challenger: null, fault: null,
} as unknown as Claim;

describe("a claim's life", () => {
  it("ends open while its window runs", () => {
    expect(timelineOf(CLAIM, 2).map((step) => step.title)).toEqual(["Revealed", "Window closes"]);
  });

  it("names each fault in words", () => {
    for (const fault of Object.keys(FAULTS) as (keyof typeof FAULTS)[]) {
      const [, end] = timelineOf({ ...CLAIM, status: "SLASHED", fault, challenger: "0x7070707070707070707070707070707070707070" }, 2);
      expect(end).toMatchObject({ title: "Slashed", tone: "bad" });
      expect(end!.text).toContain(FAULTS[fault]);
    }
  });
});
