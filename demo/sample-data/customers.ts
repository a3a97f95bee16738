/** A customer account; the facts are what the billing page shows beside the cases. */
export interface SampleCustomer {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly organisation: string | null;
  readonly mainContact: string;
  readonly plan: string;
  /** What the plan costs a month, in cents. */
  readonly monthly: number;
  /** For how many months it has been paid, three or more unless told. */
  readonly paidMonths?: number;
  readonly facts: readonly (readonly [label: string, value: string])[];
}

export const customers: readonly SampleCustomer[] = [
  {
    id: 'c-1018',
    name: 'Eleanor Finch',
    number: 'C-1018',
    organisation: null,
    mainContact: 'eleanor-finch',
    plan: 'Home 500 and television',
    monthly: 5490,
    facts: [
      ['Status', 'Active since 12 March 2023'],
      ['Next invoice', '1 December · 54.90 €'],
      ['Payment', 'Visa ending 4417'],
      ['Line', 'Fibre, 500 Mbit/s down, 200 up'],
      ['Address', '8 Orchard Lane, Wickham'],
      ['E-mail', 'eleanor-finch@example.org'],
    ],
  },
  {
    id: 'c-1033',
    name: 'Rafael Costa',
    number: 'C-1033',
    organisation: null,
    mainContact: 'rafael-costa',
    plan: 'Home 250',
    monthly: 3490,
    facts: [
      ['Status', 'Active since 3 June 2021'],
      ['Next invoice', '1 December · 34.90 €'],
      ['Payment', 'Direct debit, account ending 0192'],
      ['Line', 'Fibre, 250 Mbit/s down, 100 up'],
      ['Address', '21 Mill Street, Wickham'],
      ['E-mail', 'rafael-costa@example.org'],
    ],
  },
  {
    id: 'c-1057',
    name: 'Yusuf Karimi',
    number: 'C-1057',
    organisation: null,
    mainContact: 'yusuf-karimi',
    plan: 'Home 1000',
    monthly: 6490,
    facts: [
      ['Status', 'Active since 19 January 2025'],
      ['Next invoice', '1 December · 64.90 €'],
      ['Payment', 'Mastercard ending 7730'],
      ['Line', 'Fibre, 1 Gbit/s down, 500 up'],
      ['Address', '4 Station Court, Eastbridge'],
      ['E-mail', 'yusuf-karimi@example.org'],
    ],
  },
  {
    id: 'c-1064',
    name: 'Anna Lindqvist',
    number: 'C-1064',
    organisation: null,
    mainContact: 'anna-lindqvist',
    plan: 'Student 100',
    monthly: 1990,
    facts: [
      ['Status', 'Moving house, notice until 31 January'],
      ['Next invoice', '1 December · 19.90 €'],
      ['Payment', 'Direct debit, account ending 6605'],
      ['Line', 'Fibre, 100 Mbit/s down, 50 up'],
      ['Address', 'Room 214, Priory Hall, Eastbridge'],
      ['E-mail', 'anna-lindqvist@example.org'],
    ],
  },
  {
    id: 'c-2041',
    name: 'Harbour Bakery, Quay Street',
    number: 'C-2041',
    organisation: 'harbour-bakery',
    mainContact: 'marisol-vega',
    plan: 'Business 500 with two lines',
    monthly: 13_900,
    facts: [
      ['Status', 'Active since 1 September 2019'],
      ['Next invoice', '1 December · 139.00 €'],
      ['Payment', 'Collective invoice of the group, 30 days'],
      ['Lines', 'Fibre 500 Mbit/s, mobile fallback'],
      ['Devices', '2 routers, 3 card terminals'],
      ['Contact', 'Marisol Vega, marisol-vega@example.org'],
    ],
  },
  {
    id: 'c-2042',
    name: 'Harbour Bakery, Old Mill',
    number: 'C-2042',
    organisation: 'harbour-bakery',
    mainContact: 'daniel-vega',
    plan: 'Business 250',
    monthly: 7900,
    facts: [
      ['Status', 'Active since 14 May 2024'],
      ['Next invoice', '1 December · 79.00 €'],
      ['Payment', 'Collective invoice of the group, 30 days'],
      ['Line', 'Fibre, 250 Mbit/s down, 250 up'],
      ['Devices', '1 router, 1 card terminal'],
      ['Contact', 'Daniel Vega, daniel-vega@example.org'],
    ],
  },
  {
    id: 'c-2077',
    name: 'Studio Colombo',
    number: 'C-2077',
    organisation: 'studio-colombo',
    mainContact: 'chiara-colombo',
    plan: 'Business 1000 with fixed address',
    monthly: 18_900,
    facts: [
      ['Status', 'Active since 22 February 2022'],
      ['Next invoice', '1 December · 189.00 €'],
      ['Payment', 'Bank transfer, 14 days'],
      ['Line', 'Fibre, 1 Gbit/s both ways, fixed address'],
      ['Devices', '1 router, 2 switches'],
      ['Contact', 'Chiara Colombo, chiara-colombo@example.org'],
    ],
  },
  {
    id: 'c-2103',
    name: 'عيادات النور (Al Noor Clinics)',
    number: 'C-2103',
    organisation: 'al-noor',
    mainContact: 'layla-mansour',
    plan: 'Business 500 with service level',
    monthly: 15_900,
    facts: [
      ['Status', 'Active since 7 October 2023'],
      ['Next invoice', '1 December · 159.00 €'],
      ['Payment', 'Bank transfer, 30 days'],
      ['Line', 'Fibre 500 Mbit/s, repair within 4 hours'],
      ['Devices', '2 routers, 1 telephone exchange'],
      ['Contact', 'د. ليلى منصور, layla-mansour@example.org'],
    ],
  },
  {
    id: 'c-1090',
    name: 'Sten Holm',
    number: 'C-1090',
    organisation: null,
    mainContact: 'sten-holm',
    plan: 'Home 250',
    monthly: 3490,
    paidMonths: 1,
    facts: [
      ['Status', 'New customer, connected this month'],
      ['Next invoice', '1 December · 34.90 €'],
      ['Payment', 'Visa ending 9018'],
      ['Line', 'Fibre, 250 Mbit/s down, 100 up'],
      ['Address', '77 Canal Row, Eastbridge'],
      ['E-mail', 'sten-holm@example.org'],
    ],
  },
];
