/** The formats of deliveries, as both a listing and a plan's destination name them (documented). */
export const DELIVERY_FORMATS = [
  'txt',
  'csv',
  'inline_json',
  'json',
  'json_label',
  'json_detail',
  'json_detail_lite_stream',
  'json_bi',
  'xlsx',
  'html',
  'wysiwyg_pdf',
  'assembled_pdf',
  'wysiwyg_png',
  'csv_zip',
] as const
