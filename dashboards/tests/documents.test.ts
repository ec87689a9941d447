/** Every operation that the page sends is valid against the committed schema, and reads only what its type names. */
import { buildSchema, parse, print, validate } from "graphql";
import { describe, expect, it } from "vitest";
import schemaText from "../../graphql/schema.graphql?raw";
import { CLAIM, CLAIMS, HEAD, OVERVIEW } from "../src/api/documents";

const schema = buildSchema(schemaText);

describe("the page's operations", () => {
  it.each([["Overview", OVERVIEW], ["Claims", CLAIMS], ["Claim", CLAIM], ["Head", HEAD]])("%s is valid", (_, document) => {
    expect(validate(schema, parse(print(document as never))).map((error) => error.message)).toEqual([]);
  });
});

const examples = import.meta.glob<string>("../../graphql/queries/*.graphql", { query: "?raw", import: "default", eager: true });

describe("the example queries", () => {
  it.each(Object.entries(examples))("%s is valid", (_, query) => {
    expect(validate(schema, parse(query)).map((error) => error.message)).toEqual([]);
  });
});
