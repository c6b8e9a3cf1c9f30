// What is wrong with a manifest, in a cluster: with the kinds that it has beside its own.
import { customKinds } from '../api/custom/definitions.ts'
import type { AnyObject } from '../kinds/object.ts'
import { diagnose } from '../manifest/diagnose.ts'
import type { Diagnostic } from '../manifest/diagnostic.ts'
import type { World } from './world.ts'

export function diagnoseIn({ cluster }: World, text: string): Diagnostic[] {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  const { body } = cluster.api.handle({ method: 'GET', path, managedFields: false, looks: true })
  const definitions: AnyObject[] = body.items ?? []
  return diagnose(text, { customKinds, definitions })
}
