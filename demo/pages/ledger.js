// What a customer paid and was refunded, as Larkwell's own billing says it; follows what is booked meanwhile.
import { ask } from '/demo/strip.js';

const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/**
 * @param {HTMLTableSectionElement} body
 * @param {string} customerId
 */
export async function showLedger(body, customerId) {
  const query = `customer=${encodeURIComponent(customerId)}`;
  const known = new Set();

  const row = ({ id, kind, on, label, cents }) => {
    const line = document.createElement('tr');
    const cells = [
      day.format(new Date(on)),
      kind === 'refund' ? `Refund ${id}` : label,
      money.format(cents / 100),
    ];
    line.dataset.kind = kind;
    line.toggleAttribute('data-new', known.size > 0 && !known.has(id));
    line.append(
      ...cells.map((text) => {
        const cell = document.createElement('td');
        cell.textContent = text;
        return cell;
      }),
    );
    if (kind === 'refund') {
      const why = document.createElement('small');
      why.textContent = label;
      line.children[1].append(why);
    }
    line.lastChild.className = 'amount';
    return line;
  };
  const draw = async () => {
    const lines = await ask(`/demo/billing?${query}`);
    body.replaceChildren(...lines.map(row));
    for (const { id } of lines) known.add(id);
  };

  await draw();
  // Whenever the stream opens, also again, something may have been missed before.
  const stream = new EventSource(`/demo/billing/events?${query}`);
  for (const type of ['open', 'change']) stream.addEventListener(type, draw);
}
