// Cognito's pre token generation trigger: which venues a token is for. A person's are the groups that they are in, each named by
// a venue's id, or "all"; a machine's stand in a parameter, since no group holds an app client. Unknown: none, so nothing opens.
const { SSMClient, GetParameterCommand } = require("@aws-sdk/client-ssm");

const KEPT_MS = 60_000;
const ssm = new SSMClient({});
let machines, readAt;

async function venuesOf(client) {
  if (!machines || Date.now() - readAt > KEPT_MS) {
    const answer = await ssm.send(new GetParameterCommand({ Name: process.env.MACHINES, WithDecryption: true }));
    machines = JSON.parse(answer.Parameter.Value);
    readAt = Date.now();
  }
  return machines[client] ?? [];
}

exports.handler = async (event) => {
  const person = event.triggerSource !== "TokenGeneration_ClientCredentials";
  const groups = event.request.groupConfiguration?.groupsToOverride ?? [];
  const venues = person ? groups : await venuesOf(event.callerContext.clientId);
  const venue_ids = venues.map((venue) => (venue === "all" ? "*" : venue));
  event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { venue_ids } } } };
  return event;
};
