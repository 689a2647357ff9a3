import type { FastifyError } from 'fastify'
import { shorten } from '../../shared/text/shorten.ts'

/** Fastify's own texts for these quote what the caller sent. */
const TEXTS: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The content type is not taken. Send application/json.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its Content-Length says.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, and the content type says JSON.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large.',
}

/** By status, for what is not known above. */
const STATUSES: Record<number, string> = {
  413: 'The body is too large.',
  414: 'The address is too long.',
  415: 'The content type is not taken. Send application/json.',
  429: 'Too many calls. Wait a minute.',
}

/**
 * What a caller is told of an error of status 4xx. Values that he sent do not stand in it: they may be secrets that he
 * does not know. Errors of ours have no code; of what a schema refuses, its own words name the parameter.
 */
export function frameworkText(error: FastifyError): string {
  if (error.validation || !error.code) return shorten(error.message)
  return TEXTS[error.code] ?? STATUSES[error.statusCode ?? 0] ?? 'The request is not as it must be.'
}
