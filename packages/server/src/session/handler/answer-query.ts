import { type Awaitable, andThen } from '../../awaitable.js';
import type { Outcome } from '../../results/normalise.js';
import { answerCatalogQuery } from '../catalog-query.js';
import type { ClientSession } from '../client-session.js';
import { traceKind } from '../trace-statement.js';
import { askHandler } from './ask-handler.js';
import type { StatementRequest } from './statement-request.js';

/** Answers a statement that is not the session's: PostgreSQL itself does for its own tables, else the user's handler. */
export function answerQuery(session: ClientSession, request: StatementRequest): Awaitable<Outcome> {
  return andThen(answerCatalogQuery(session, request), (catalogs): Awaitable<Outcome> => {
    if (catalogs === undefined) return askHandler(session, request);
    traceKind(session, 'catalog');
    return catalogs;
  });
}
