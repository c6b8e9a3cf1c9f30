// kubectl describe of ConfigMap, Secret, ServiceAccount and PriorityClass.

import { decodeBase64 } from '../../engine/bytes.ts'
import type { ConfigMap, PriorityClass, Secret, ServiceAccount } from '../../kinds/schema/types.ts'
import { describeLabels } from '../print/labels.ts'
import { type Describer, events, heading } from './parts.ts'
import { entriesOf } from './queries.ts'

/** Bytes of a base64 text. */
const size = (data: string): number => Math.floor((data.replace(/=+$/, '').length * 3) / 4)

export const describeConfigMap: Describer<ConfigMap> = (configMap, d) => {
  const { w } = d
  heading(configMap, d)
  w.write(0, '\nData\n====\n')
  for (const [key, text] of entriesOf(configMap.data)) w.write(0, `${key}:\n----\n${text}\n\n`)
  w.write(0, '\nBinaryData\n====\n')
  for (const [key, data] of entriesOf(configMap.binaryData)) w.write(0, `${key}: ${size(data)} bytes\n`)
  w.write(0, '\n')
  events(configMap, d)
}

export const describeSecret: Describer<Secret> = (secret, d) => {
  const { w } = d
  heading(secret, d)
  w.write(0, `\nType:\t${secret.type ?? ''}\n\nData\n====\n`)
  const token = secret.type === 'kubernetes.io/service-account-token'
  for (const [key, data] of entriesOf(secret.data)) {
    if (token && key === 'token') w.write(0, `${key}:\t${decodeBase64(data) ?? ''}\n`)
    else w.write(0, `${key}:\t${size(data)} bytes\n`)
  }
}

export const describeServiceAccount: Describer<ServiceAccount> = (account, d) => {
  const { w } = d
  heading(account, d)
  const pull = (account.imagePullSecrets ?? []).map(s => s.name ?? '')
  if (pull.length === 0) w.line(0, 'Image pull secrets:', '<none>')
  pull.forEach((name, i) => {
    w.line(0, i ? '' : 'Image pull secrets:', name)
  })
  account.secrets?.forEach(({ name = '' }, i) => {
    w.line(0, i ? '' : 'Mountable secrets:', name)
  })
  events(account, d)
}

export const describePriorityClass: Describer<PriorityClass> = (priorityClass, d) => {
  const { w } = d
  const { metadata } = priorityClass
  w.line(0, 'Name:', metadata.name)
  w.line(0, 'Value:', priorityClass.value)
  w.line(0, 'GlobalDefault:', String(priorityClass.globalDefault ?? false))
  w.line(0, 'PreemptionPolicy:', priorityClass.preemptionPolicy ?? '')
  w.line(0, 'Description:', priorityClass.description ?? '')
  w.line(0, 'Annotations:', describeLabels(metadata.annotations))
  events(priorityClass, d)
}
