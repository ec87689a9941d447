/** Which claims the table shows, and how it turns pages. Pure: a choice becomes the variables of the query. */
import type { ClaimStatus, ClaimsVariables, PageInfo } from "../api/documents";

export const PAGE_ROWS = 10;

export type StatusChoice = ClaimStatus | "ALL";
export type OrderChoice = ClaimsVariables["orderBy"]["field"];

export interface Choice {
  readonly status: StatusChoice;
  readonly host: string;
  readonly order: OrderChoice;
  readonly after?: string;
  readonly before?: string;
}

export const FIRST_CHOICE: Choice = { status: "ALL", host: "", order: "REVEALED" };

/** Cursors belong to a filter and an order, so choosing either begins at the first page. */
export function choose(choice: Choice, change: Partial<Pick<Choice, "status" | "host" | "order">>): Choice {
  return { status: choice.status, host: choice.host, order: choice.order, ...change };
}

export function older(choice: Choice, page: PageInfo): Choice {
  const { status, host, order } = choice;
  return page.endCursor === null ? choice : { status, host, order, after: page.endCursor };
}

export function newer(choice: Choice, page: PageInfo): Choice {
  const { status, host, order } = choice;
  return page.startCursor === null ? choice : { status, host, order, before: page.startCursor };
}

/** A whole host name; what is pasted may be a URL. */
export function typedHost(text: string): string {
  return text.trim().toLowerCase().replace(/^[a-z]+:\/\//, "").replace(/[/?#:].*$/, "");
}

export function variablesOf(choice: Choice): ClaimsVariables {
  const host = typedHost(choice.host);
  const filter = {
    ...(choice.status === "ALL" ? {} : { status: [choice.status] }),
    ...(host === "" ? {} : { host }),
  };
  const orderBy = { field: choice.order };
  if (choice.before !== undefined) return { last: PAGE_ROWS, before: choice.before, filter, orderBy };
  if (choice.after !== undefined) return { first: PAGE_ROWS, after: choice.after, filter, orderBy };
  return { first: PAGE_ROWS, filter, orderBy };
}
