/** A department of Larkwell Fibre. */
export interface SampleDepartment {
  readonly id: string;
  readonly name: string;
}

/** Somebody of the sample data; `roles` and `departments` are what their token says. */
export interface SamplePerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly kind: 'agent' | 'customer';
  readonly roles?: readonly string[];
  readonly departments?: readonly string[];
  readonly customer?: string;
  readonly former?: true;
}

export const departments: readonly SampleDepartment[] = [
  { id: 'billing', name: 'Billing' },
  { id: 'technical', name: 'Technical support' },
  { id: 'care', name: 'Customer care' },
];

export const organisations: readonly SampleDepartment[] = [
  { id: 'harbour-bakery', name: 'Harbour Bakery Group' },
  { id: 'studio-colombo', name: 'Studio Colombo' },
  { id: 'al-noor', name: 'Al Noor Clinics' },
];

function agent(
  id: string,
  name: string,
  departments: readonly string[],
  roles: readonly string[],
): SamplePerson {
  return { id, name, email: `${id}@larkwell.example`, kind: 'agent', roles, departments };
}

function contact(id: string, name: string, customer: string): SamplePerson {
  return { id, name, email: `${id}@example.org`, kind: 'customer', customer };
}

const service = ['customer-service'];

export const people: readonly SamplePerson[] = [
  agent('nadia-brandt', 'Nadia Brandt', ['billing'], service),
  agent('tom-okafor', 'Tom Okafor', ['billing'], service),
  agent('elif-demir', 'Elif Demir', ['billing', 'care'], ['sales-agent']),
  agent('jonas-lind', 'Jonas Lind', ['technical'], service),
  agent('priya-raman', 'Priya Raman', ['technical'], service),
  agent('samir-haddad', 'Samir Haddad', ['technical'], service),
  agent('grace-mullen', 'Grace Mullen', ['care'], service),
  agent('matteo-ricci', 'Matteo Ricci', ['care'], service),
  agent('ines-duarte', 'Inês Duarte', ['care'], ['sales-agent']),
  agent('ada-whitlock', 'Ada Whitlock', ['billing', 'technical', 'care'], ['system-administrator']),
  agent('victor-hale', 'Victor Hale', ['billing'], ['finance']),
  agent('lena-moss', 'Lena Moss', ['billing'], ['finance']),
  agent('tarek-khalil', 'Tarek Khalil', ['billing'], ['finance']),
  { ...agent('paul-steiner', 'Paul Steiner', ['technical'], service), former: true },
  contact('eleanor-finch', 'Eleanor Finch', 'c-1018'),
  contact('rafael-costa', 'Rafael Costa', 'c-1033'),
  contact('yusuf-karimi', 'Yusuf Karimi', 'c-1057'),
  contact('anna-lindqvist', 'Anna Lindqvist', 'c-1064'),
  contact('marisol-vega', 'Marisol Vega', 'c-2041'),
  contact('daniel-vega', 'Daniel Vega', 'c-2042'),
  contact('chiara-colombo', 'Chiara Colombo', 'c-2077'),
  contact('davide-greco', 'Davide Greco', 'c-2077'),
  contact('layla-mansour', 'د. ليلى منصور', 'c-2103'),
  contact('sten-holm', 'Sten Holm', 'c-1090'),
];
