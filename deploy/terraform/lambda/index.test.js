// node --test deploy/terraform/lambda
const assert = require("node:assert");
const Module = require("node:module");
const { test, beforeEach } = require("node:test");

let asked = 0;
const sdk = {
  SSMClient: class {
    async send({ input }) {
      asked++;
      return { Parameter: { Value: input.WithDecryption ? '{"till":["chez-nous"],"sync":["*"]}' : "AQICAHh..." } };
    }
  },
  GetParameterCommand: class { constructor(input) { this.input = input; } },
};
const load = Module._load;
Module._load = (name, ...rest) => (name === "@aws-sdk/client-ssm" ? sdk : load(name, ...rest));
const { handler } = require("./index.js");
Module._load = load;

const venuesOf = async (event) =>
  (await handler(event)).response.claimsAndScopeOverrideDetails.accessTokenGeneration.claimsToAddOrOverride.venue_ids;
const person = (...groups) => ({
  triggerSource: "TokenGeneration_HostedAuth",
  request: { groupConfiguration: { groupsToOverride: groups } },
  callerContext: { clientId: "till" },
});
const machine = (clientId) => ({
  triggerSource: "TokenGeneration_ClientCredentials", request: {}, callerContext: { clientId },
});

beforeEach(() => { asked = 0; });

test("a person's venues are their groups", async () => {
  assert.deepStrictEqual(await venuesOf(person("chez-nous", "bei-uns")), ["chez-nous", "bei-uns"]);
});
test("the group all is every venue", async () => assert.deepStrictEqual(await venuesOf(person("all")), ["*"]));
test("a person without a group gets no machine's venues", async () => assert.deepStrictEqual(await venuesOf(person()), []));
test("a machine's venues stand in the parameter, which is read once a minute", async () => {
  assert.deepStrictEqual(await venuesOf(machine("till")), ["chez-nous"]);
  assert.deepStrictEqual(await venuesOf(machine("sync")), ["*"]);
  assert.ok(asked <= 1);
});
test("a machine that nobody has named reaches no venue", async () => assert.deepStrictEqual(await venuesOf(machine("other")), []));
