import type { CaseBackend } from '../backend.js';
import { contentDisposition } from '../middleware/content-disposition.js';
import type { Handlers } from './call.js';

type AttachmentRoutes = 'uploadAttachment' | 'getAttachment' | 'downloadAttachment';

/** Files: their bytes go through and are never held whole. */
export function attachmentHandlers(backend: CaseBackend): Pick<Handlers, AttachmentRoutes> {
  return {
    uploadAttachment: ({ query, request, context }) =>
      backend.uploadAttachment({ name: query.name, content: request.body ?? emptyStream() }, context),
    getAttachment: ({ id, context }) => backend.getAttachment(id, context),
    async downloadAttachment({ id, context }) {
      const { attachment, content } = await backend.downloadAttachment(id, context);
      return new Response(content, {
        headers: {
          'content-type': attachment.mediaType,
          'content-length': String(attachment.size),
          'content-disposition': contentDisposition(attachment.name),
          // Should a browser open it after all, it runs nothing and belongs to no origin.
          'content-security-policy': "default-src 'none'; sandbox",
        },
      });
    },
  };
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}
