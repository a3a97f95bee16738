import type { NoticeEvent, NoticeLocale } from '../../../src/contract/notices.js';

/** The words of one event. */
export interface NoticeWords {
  readonly subject: string;
  readonly text: string;
  readonly sms: string;
}

/** What stands around every notice of one language. */
export interface FrameWords {
  /** Before the link that ends them. */
  readonly unsubscribe: string;
  readonly confirmTitle: string;
  readonly confirmText: string;
  readonly confirmButton: string;
  readonly done: string;
  readonly invalid: string;
  /** In the place of who is not known by name. */
  readonly somebody: string;
  readonly open: string;
  readonly closed: string;
}

/** The usual words, for whoever has written none of their own. */
export const words: Record<NoticeLocale, Record<NoticeEvent, NoticeWords> & { readonly frame: FrameWords }> =
  {
    en: {
      share: {
        subject: 'Case {{case.number}} has been shared with you: {{case.subject}}',
        text: 'Hello {{recipient.name}},\n\n{{by.name}} has shared case {{case.number}} with you: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} has shared case {{case.number}} with you. {{link}}',
      },
      reply: {
        subject: 'New reply on case {{case.number}}: {{case.subject}}',
        text: 'Hello {{recipient.name}},\n\n{{by.name}} has written on case {{case.number}}, {{case.subject}}:\n\n{{note.text}}\n\n{{link}}',
        sms: '{{by.name}} has replied on case {{case.number}}. {{link}}',
      },
      message: {
        subject: 'New message about {{project.name}}',
        text: 'Hello {{recipient.name}},\n\n{{by.name}} has written about {{project.name}}:\n\n{{note.text}}',
        sms: '{{by.name}} has written about {{project.name}}.',
      },
      forward: {
        subject: 'Case {{case.number}} has been forwarded to you: {{case.subject}}',
        text: 'Hello {{recipient.name}},\n\n{{by.name}} has forwarded case {{case.number}} to you: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} has forwarded case {{case.number}} to you. {{link}}',
      },
      expiry: {
        subject: 'Access to case {{case.number}} ends soon: {{case.subject}}',
        text: 'Hello {{recipient.name}},\n\nthe access to case {{case.number}}, {{case.subject}}, ends on {{grant.expires}}.\n\n{{link}}',
        sms: 'The access to case {{case.number}} ends on {{grant.expires}}. {{link}}',
      },
      frame: {
        unsubscribe: 'To hear no more of this, open:',
        confirmTitle: 'No more notices?',
        confirmText: 'You will no longer be told what happens here. You keep your access.',
        confirmButton: 'Stop notices',
        done: 'You will not be told any more. You keep your access.',
        invalid: 'This link is not valid. Nothing was changed.',
        somebody: 'Somebody',
        open: 'open',
        closed: 'closed',
      },
    },
    de: {
      share: {
        subject: 'Fall {{case.number}} wurde mit Ihnen geteilt: {{case.subject}}',
        text: 'Guten Tag {{recipient.name}},\n\n{{by.name}} hat Fall {{case.number}} mit Ihnen geteilt: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} hat Fall {{case.number}} mit Ihnen geteilt. {{link}}',
      },
      reply: {
        subject: 'Neue Antwort zu Fall {{case.number}}: {{case.subject}}',
        text: 'Guten Tag {{recipient.name}},\n\n{{by.name}} hat zu Fall {{case.number}}, {{case.subject}}, geschrieben:\n\n{{note.text}}\n\n{{link}}',
        sms: '{{by.name}} hat zu Fall {{case.number}} geantwortet. {{link}}',
      },
      message: {
        subject: 'Neue Nachricht zu {{project.name}}',
        text: 'Guten Tag {{recipient.name}},\n\n{{by.name}} hat zu {{project.name}} geschrieben:\n\n{{note.text}}',
        sms: '{{by.name}} hat zu {{project.name}} geschrieben.',
      },
      forward: {
        subject: 'Fall {{case.number}} wurde an Sie weitergeleitet: {{case.subject}}',
        text: 'Guten Tag {{recipient.name}},\n\n{{by.name}} hat Fall {{case.number}} an Sie weitergeleitet: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} hat Fall {{case.number}} an Sie weitergeleitet. {{link}}',
      },
      expiry: {
        subject: 'Der Zugriff auf Fall {{case.number}} endet bald: {{case.subject}}',
        text: 'Guten Tag {{recipient.name}},\n\nder Zugriff auf Fall {{case.number}}, {{case.subject}}, endet am {{grant.expires}}.\n\n{{link}}',
        sms: 'Der Zugriff auf Fall {{case.number}} endet am {{grant.expires}}. {{link}}',
      },
      frame: {
        unsubscribe: 'Wenn Sie hierzu nichts mehr hören möchten, öffnen Sie:',
        confirmTitle: 'Keine Benachrichtigungen mehr?',
        confirmText: 'Sie werden nicht mehr benachrichtigt. Ihren Zugriff behalten Sie.',
        confirmButton: 'Benachrichtigungen beenden',
        done: 'Sie werden nicht mehr benachrichtigt. Ihren Zugriff behalten Sie.',
        invalid: 'Dieser Link ist ungültig. Es wurde nichts geändert.',
        somebody: 'Jemand',
        open: 'offen',
        closed: 'geschlossen',
      },
    },
    es: {
      share: {
        subject: 'Se ha compartido contigo el caso {{case.number}}: {{case.subject}}',
        text: 'Hola, {{recipient.name}}:\n\n{{by.name}} ha compartido contigo el caso {{case.number}}: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} ha compartido contigo el caso {{case.number}}. {{link}}',
      },
      reply: {
        subject: 'Nueva respuesta en el caso {{case.number}}: {{case.subject}}',
        text: 'Hola, {{recipient.name}}:\n\n{{by.name}} ha escrito en el caso {{case.number}}, {{case.subject}}:\n\n{{note.text}}\n\n{{link}}',
        sms: '{{by.name}} ha respondido en el caso {{case.number}}. {{link}}',
      },
      message: {
        subject: 'Nuevo mensaje sobre {{project.name}}',
        text: 'Hola, {{recipient.name}}:\n\n{{by.name}} ha escrito sobre {{project.name}}:\n\n{{note.text}}',
        sms: '{{by.name}} ha escrito sobre {{project.name}}.',
      },
      forward: {
        subject: 'Te han reenviado el caso {{case.number}}: {{case.subject}}',
        text: 'Hola, {{recipient.name}}:\n\n{{by.name}} te ha reenviado el caso {{case.number}}: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} te ha reenviado el caso {{case.number}}. {{link}}',
      },
      expiry: {
        subject: 'El acceso al caso {{case.number}} termina pronto: {{case.subject}}',
        text: 'Hola, {{recipient.name}}:\n\nel acceso al caso {{case.number}}, {{case.subject}}, termina el {{grant.expires}}.\n\n{{link}}',
        sms: 'El acceso al caso {{case.number}} termina el {{grant.expires}}. {{link}}',
      },
      frame: {
        unsubscribe: 'Si no quieres recibir más avisos sobre esto, abre:',
        confirmTitle: '¿No recibir más avisos?',
        confirmText: 'Dejarás de recibir avisos sobre esto. Conservas tu acceso.',
        confirmButton: 'Dejar de recibir avisos',
        done: 'Ya no recibirás más avisos. Conservas tu acceso.',
        invalid: 'Este enlace no es válido. No se ha cambiado nada.',
        somebody: 'Alguien',
        open: 'abierto',
        closed: 'cerrado',
      },
    },
    fr: {
      share: {
        subject: 'Le dossier {{case.number}} a été partagé avec vous : {{case.subject}}',
        text: 'Bonjour {{recipient.name}},\n\n{{by.name}} a partagé avec vous le dossier {{case.number}} : {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} a partagé avec vous le dossier {{case.number}}. {{link}}',
      },
      reply: {
        subject: 'Nouvelle réponse au dossier {{case.number}} : {{case.subject}}',
        text: 'Bonjour {{recipient.name}},\n\n{{by.name}} a écrit dans le dossier {{case.number}}, {{case.subject}} :\n\n{{note.text}}\n\n{{link}}',
        sms: '{{by.name}} a répondu au dossier {{case.number}}. {{link}}',
      },
      message: {
        subject: 'Nouveau message au sujet de {{project.name}}',
        text: 'Bonjour {{recipient.name}},\n\n{{by.name}} a écrit au sujet de {{project.name}} :\n\n{{note.text}}',
        sms: '{{by.name}} a écrit au sujet de {{project.name}}.',
      },
      forward: {
        subject: 'Le dossier {{case.number}} vous a été transféré : {{case.subject}}',
        text: 'Bonjour {{recipient.name}},\n\n{{by.name}} vous a transféré le dossier {{case.number}} : {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} vous a transféré le dossier {{case.number}}. {{link}}',
      },
      expiry: {
        subject: 'L’accès au dossier {{case.number}} se termine bientôt : {{case.subject}}',
        text: 'Bonjour {{recipient.name}},\n\nl’accès au dossier {{case.number}}, {{case.subject}}, se termine le {{grant.expires}}.\n\n{{link}}',
        sms: 'L’accès au dossier {{case.number}} se termine le {{grant.expires}}. {{link}}',
      },
      frame: {
        unsubscribe: 'Pour ne plus recevoir de messages à ce sujet, ouvrez :',
        confirmTitle: 'Ne plus être averti ?',
        confirmText: 'Vous ne serez plus averti de ce qui se passe ici. Vous gardez votre accès.',
        confirmButton: 'Ne plus être averti',
        done: 'Vous ne serez plus averti. Vous gardez votre accès.',
        invalid: 'Ce lien n’est pas valable. Rien n’a été modifié.',
        somebody: 'Quelqu’un',
        open: 'ouvert',
        closed: 'clos',
      },
    },
    it: {
      share: {
        subject: 'Il caso {{case.number}} è stato condiviso con te: {{case.subject}}',
        text: 'Ciao {{recipient.name}},\n\n{{by.name}} ha condiviso con te il caso {{case.number}}: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} ha condiviso con te il caso {{case.number}}. {{link}}',
      },
      reply: {
        subject: 'Nuova risposta nel caso {{case.number}}: {{case.subject}}',
        text: 'Ciao {{recipient.name}},\n\n{{by.name}} ha scritto nel caso {{case.number}}, {{case.subject}}:\n\n{{note.text}}\n\n{{link}}',
        sms: '{{by.name}} ha risposto nel caso {{case.number}}. {{link}}',
      },
      message: {
        subject: 'Nuovo messaggio su {{project.name}}',
        text: 'Ciao {{recipient.name}},\n\n{{by.name}} ha scritto su {{project.name}}:\n\n{{note.text}}',
        sms: '{{by.name}} ha scritto su {{project.name}}.',
      },
      forward: {
        subject: 'Il caso {{case.number}} ti è stato inoltrato: {{case.subject}}',
        text: 'Ciao {{recipient.name}},\n\n{{by.name}} ti ha inoltrato il caso {{case.number}}: {{case.subject}}\n\n{{link}}',
        sms: '{{by.name}} ti ha inoltrato il caso {{case.number}}. {{link}}',
      },
      expiry: {
        subject: 'L’accesso al caso {{case.number}} sta per terminare: {{case.subject}}',
        text: 'Ciao {{recipient.name}},\n\nl’accesso al caso {{case.number}}, {{case.subject}}, termina il {{grant.expires}}.\n\n{{link}}',
        sms: 'L’accesso al caso {{case.number}} termina il {{grant.expires}}. {{link}}',
      },
      frame: {
        unsubscribe: 'Per non ricevere più avvisi a questo proposito, apri:',
        confirmTitle: 'Non ricevere più avvisi?',
        confirmText: 'Non riceverai più avvisi su questo. Conservi il tuo accesso.',
        confirmButton: 'Non ricevere più avvisi',
        done: 'Non riceverai più avvisi. Conservi il tuo accesso.',
        invalid: 'Questo link non è valido. Non è stato cambiato nulla.',
        somebody: 'Qualcuno',
        open: 'aperto',
        closed: 'chiuso',
      },
    },
    ar: {
      share: {
        subject: 'تمت مشاركة الحالة {{case.number}} معك: {{case.subject}}',
        text: 'مرحبًا {{recipient.name}}،\n\nشارك {{by.name}} معك الحالة {{case.number}}: {{case.subject}}\n\n{{link}}',
        sms: 'شارك {{by.name}} معك الحالة {{case.number}}. {{link}}',
      },
      reply: {
        subject: 'رد جديد على الحالة {{case.number}}: {{case.subject}}',
        text: 'مرحبًا {{recipient.name}}،\n\nكتب {{by.name}} في الحالة {{case.number}}، {{case.subject}}:\n\n{{note.text}}\n\n{{link}}',
        sms: 'رد {{by.name}} على الحالة {{case.number}}. {{link}}',
      },
      message: {
        subject: 'رسالة جديدة بشأن {{project.name}}',
        text: 'مرحبًا {{recipient.name}}،\n\nكتب {{by.name}} بشأن {{project.name}}:\n\n{{note.text}}',
        sms: 'كتب {{by.name}} بشأن {{project.name}}.',
      },
      forward: {
        subject: 'أُحيلت إليك الحالة {{case.number}}: {{case.subject}}',
        text: 'مرحبًا {{recipient.name}}،\n\nأحال {{by.name}} إليك الحالة {{case.number}}: {{case.subject}}\n\n{{link}}',
        sms: 'أحال {{by.name}} إليك الحالة {{case.number}}. {{link}}',
      },
      expiry: {
        subject: 'ينتهي الوصول إلى الحالة {{case.number}} قريبًا: {{case.subject}}',
        text: 'مرحبًا {{recipient.name}}،\n\nينتهي الوصول إلى الحالة {{case.number}}، {{case.subject}}، في {{grant.expires}}.\n\n{{link}}',
        sms: 'ينتهي الوصول إلى الحالة {{case.number}} في {{grant.expires}}. {{link}}',
      },
      frame: {
        unsubscribe: 'لإيقاف هذه الإشعارات افتح:',
        confirmTitle: 'إيقاف الإشعارات؟',
        confirmText: 'لن تصلك إشعارات بما يحدث هنا. يبقى وصولك كما هو.',
        confirmButton: 'إيقاف الإشعارات',
        done: 'لن تصلك إشعارات بعد الآن. يبقى وصولك كما هو.',
        invalid: 'هذا الرابط غير صالح. لم يتغير شيء.',
        somebody: 'شخص ما',
        open: 'مفتوحة',
        closed: 'مغلقة',
      },
    },
  };
