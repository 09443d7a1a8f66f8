// Reads a message for Teams from stdin; prints what Microsoft's own library complains of in its card, a line each.
globalThis.self = globalThis;
const cards = require(process.argv[2] + "/adaptivecards/dist/adaptivecards.js");
const message = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const attachment of message.attachments) {
  const card = new cards.AdaptiveCard();
  const context = new cards.SerializationContext(cards.Versions.v1_4);
  card.parse(attachment.content, context);
  for (let i = 0; i < context.eventCount; i++) console.log(context.getEventAt(i).message);
  for (const failure of card.validateProperties().validationEvents) console.log(failure.message);
  console.log("elements " + card.getItemCount());
}
