// The SDK in Node: looks at the open cases of a customer, raises one, notes something on it and closes it.
//
//   npm start                                              in one terminal
//   node demo/node-example.mjs http://localhost:4180 "$(npx casement token --roles customer-service)"
//
// A third argument is the id of the customer; the first one the token may see is taken otherwise.
import { createCaseClient, isCaseError, isValidationError } from 'casement';

const [baseUrl, token, wantedCustomer] = process.argv.slice(2);
if (!baseUrl || !token) {
  console.error('Usage: node demo/node-example.mjs URL TOKEN [CUSTOMER]');
  process.exit(2);
}

const client = createCaseClient({ baseUrl, getToken: () => token });

try {
  const { actor, settings } = await client.session.get();
  console.log(`Signed in as ${actor.name || actor.id}.`);

  const customerId = wantedCustomer ?? (await client.customers.list({ limit: 1 })).items[0]?.id;
  if (!customerId) throw new Error('This tenant has no customer yet.');

  const { total = 0 } = await client.cases.list({ customerId, status: 'open', count: true, limit: 1 });
  console.log(`Open cases: ${total}`);
  for await (const { number, subject } of client.cases.listAll({ customerId, status: 'open' }))
    console.log(`  #${number} ${subject}`);

  const created = await client.cases.create({
    customerId,
    subject: 'Raised by a script',
    description: 'Shows that the SDK needs no page.',
    type: inUse(settings.caseTypes),
    contactMethod: inUse(settings.contactMethods),
  });
  console.log(`Created #${created.number}.`);

  await client.notes.create(created.id, {
    visibility: 'internal',
    subject: inUse(settings.noteSubjects),
    text: 'Nothing to do here.',
  });
  console.log('Added a note.');

  const { version } = await client.cases.get(created.id);
  const closed = await client.cases.close(
    created.id,
    { reason: inUse(settings.closureReasons), note: 'It was only an example.' },
    { version },
  );
  console.log(`Closed #${closed.number}: ${closed.status}.`);
} catch (error) {
  process.exitCode = 1;
  if (isValidationError(error))
    for (const { field, message } of error.errors) console.error(`${field}: ${message}`);
  else if (isCaseError(error)) console.error(`${error.code}: ${error.message}`);
  else throw error;
} finally {
  client.dispose();
}

/**
 * The first value of a list that may still be chosen.
 *
 * @param {import('casement').Choice[]} choices
 */
function inUse(choices) {
  return choices.find(({ retired }) => !retired)?.id;
}
