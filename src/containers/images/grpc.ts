// gRPC's health protocol, as programs of images serve it.
import type { HttpResponse } from '../../engine/network.ts'
import { answer } from './http.ts'

const healthPath = '/grpc.health.v1.Health/Check'

/**
 * An answer of gRPC's health protocol in the form that it has on this network: the service's name is the request's
 * body, the header `grpc-status` the call's outcome, the body the state. `undefined`: there is no such service.
 */
export function grpcAnswer(
  path: string,
  service: string,
  isServing: (service: string) => boolean | undefined,
): HttpResponse {
  const grpc = (status: number, body: string) =>
    answer(200, body, { 'content-type': 'application/grpc', 'grpc-status': String(status) })
  if (path !== healthPath) return grpc(12, 'unimplemented')
  const state = isServing(service)
  return state === undefined ? grpc(5, 'unknown service') : grpc(0, state ? 'SERVING' : 'NOT_SERVING')
}
