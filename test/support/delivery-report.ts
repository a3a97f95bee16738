/** What a report says of a message. */
export interface Reported {
  readonly messageId: string;
  readonly envelopeId?: string | undefined;
  readonly action?: string;
  readonly diagnostic?: string;
  readonly returned?: 'message/rfc822' | 'text/rfc822-headers';
}

/** A report of a mail server (RFC 3464), in the words of Postfix. */
export function aDeliveryReport({
  messageId,
  envelopeId,
  action = 'failed',
  diagnostic = 'smtp; 550 5.1.1 <ada@example.com>: Recipient\r\n    address rejected: User unknown',
  returned = 'text/rfc822-headers',
}: Reported): string {
  return `Return-Path: <>
From: MAILER-DAEMON@mail.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounces@larkwell.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4A1B2C.1767225600/mail.example.com"

This is a MIME-encapsulated message.

--4A1B2C.1767225600/mail.example.com
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4A1B2C.1767225600/mail.example.com
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com${envelopeId === undefined ? '' : `\nOriginal-Envelope-Id: ${envelopeId}`}
X-Postfix-Queue-ID: 4A1B2C
Arrival-Date: Thu,  1 Jan 2026 00:00:00 +0000 (UTC)

Final-Recipient: rfc822; ada@example.com
Action: ${action}
Status: 5.1.1
Diagnostic-Code: ${diagnostic}

--4A1B2C.1767225600/mail.example.com
Content-Description: Undelivered Message Headers
Content-Type: ${returned}

From: Larkwell Fibre <cases@larkwell.example>
To: ada@example.com
Message-ID: ${messageId}
Subject: New reply
${returned === 'message/rfc822' ? '\nThe words of the message.\n' : ''}
--4A1B2C.1767225600/mail.example.com--
`.replaceAll(/\r?\n/g, '\r\n');
}
