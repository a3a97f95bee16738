import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

type NoticeRoutes = 'getNotices' | 'setNotices' | 'getNoticeDelivery' | 'retryNotice';

/** Who is told what. */
export function noticeHandlers(backend: CaseBackend): Pick<Handlers, NoticeRoutes> {
  return {
    getNotices: ({ id, context }) => backend.getNotices(id, context),
    setNotices: ({ id, body, context }) => backend.setNotices(id, body, context),
    getNoticeDelivery: ({ id, context }) => backend.getNoticeDelivery(id, context),
    retryNotice: ({ id, context }) => backend.retryNotice(id, context),
  };
}
