import type { PartMessages } from '../localization.messages.js';

// Names and other texts of people stand between U+2068 and U+2069, so that they keep their own direction.

/** What the elements say in Arabic. */
export const messages: PartMessages<'inboxes'> = {
  'case-link.add': 'ربط',
  'case-link.id': 'الرقم أو المعرّف',
  'case-link.none': 'لا توجد روابط.',
  'case-link.remove': 'إزالة \u2068{0}\u2069',
  'case-link.type': 'نوع الرابط',
  'host-action.above': 'أدخل أكثر من {0}.',
  'host-action.begun':
    'بدأ هذا في {0}، ولا يُعرف إن كان قد نُفّذ. تحقّق قبل أن تحاول من جديد؛ فالمحاولة الجديدة تكرّر العملية نفسها.',
  'host-action.below': 'أدخل أقل من {0}.',
  'host-action.choose': 'اختر من القائمة.',
  'host-action.close': 'إغلاق الطلب',
  'host-action.complete': 'إتمام رسالة الوارد',
  'host-action.done': 'تم تنفيذ هذا. ولن يُنفَّذ مرة أخرى.',
  'host-action.ending': 'بعد التنفيذ',
  'host-action.finished': 'تم التنفيذ والتدوين في الطلب: \u2068{0}\u2069',
  'host-action.kept': 'ويبقى محفوظًا في هذا المتصفح حتى ذلك الحين.',
  'host-action.later': 'لاحقًا',
  'host-action.maximum': 'أدخل {0} أو أقل.',
  'host-action.minimum': 'أدخل {0} أو أكثر.',
  'host-action.not-a-number': 'هذا ليس رقمًا.',
  'host-action.not-kept': 'لم يتمكن هذا المتصفح من حفظه: اترك هذه النافذة مفتوحة حتى يُدوَّن.',
  'host-action.not-noted': 'تعذّر تدوين هذا في الطلب.',
  'host-action.offered': 'ما يمكن فعله',
  'host-action.pick': 'اختر',
  'host-action.reference': 'المرجع: \u2068{0}\u2069',
  'host-action.running': 'جارٍ التنفيذ… اترك هذه النافذة مفتوحة من فضلك.',
  'host-action.step': 'أدخل مضاعفًا للرقم {0}.',
  'host-action.too-short':
    'zero {اكتب # حرف على الأقل.} one {اكتب حرفًا واحدًا على الأقل (#).} two {اكتب حرفين على الأقل (#).} few {اكتب # أحرف على الأقل.} many {اكتب # حرفًا على الأقل.} other {اكتب # حرف على الأقل.}',
  'host-action.unknown':
    'لم يصل رد واضح: لا يُعرف إن كان هذا قد نُفّذ. تحقّق قبل أن تحاول من جديد؛ فالمحاولة الجديدة تكرّر العملية نفسها.',
  'host-action.unwritten': 'لم يُدوَّن في الطلب بعد: دوّنه الآن.',
  'host-action.waiting': 'تم تنفيذ هذا، لكنه لم يُدوَّن في الطلب بعد.',
  'host-action.whole': 'أدخل عددًا صحيحًا.',
  'host-action.write': 'تدوينه في الطلب',
  'host-action.writing': 'جارٍ التدوين في الطلب…',
};
