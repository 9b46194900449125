import { assert, type Customer } from '@wheelhouse/core';
import type { FastifyRequest } from 'fastify';

/** Whose browser asks, by the token that it holds. */
export const customerOf = ({ customer }: FastifyRequest): Customer => {
  assert(customer, 'who has no token of a visitor is turned away before');
  return customer;
};
