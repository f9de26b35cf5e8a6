export type { NameContext } from './route/is-catalog-relation.js';
export { type Route, routeStatement } from './route/route-statement.js';
