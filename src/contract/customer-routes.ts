import { pageOf } from './common.js';
import { customerSchema } from './customers.js';
import type { Route } from './routes.js';

/** The routes of customers. */
export const customerRoutes = {
  listCustomers: {
    method: 'GET',
    path: '/v1/customers',
    answer: pageOf(customerSchema),
    status: 200,
  },
  getCustomer: { method: 'GET', path: '/v1/customers/{id}', answer: customerSchema, status: 200 },
} as const satisfies Record<string, Route>;
