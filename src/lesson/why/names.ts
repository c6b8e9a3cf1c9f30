// Which name a container's command asks the network for, and what a name means.
import type { Container } from '../../kinds/schema/types.ts'

/** `nslookup db`, `nc -z db 5432`, `http://db/`: the first one that the command has in it. */
export function askedName({ command = [], args = [], env = [] }: Container): string | undefined {
  const text = [...command, ...args].join(' ')
  const values = env.map(each => each.value ?? '')
  const pattern =
    /(?:nslookup|getent hosts|ping|host)\s+(?:-\S+\s+)*([a-z][\w.-]*)|\bnc\s+(?:-\S+\s+)*([a-z][\w.-]*)|\w+:\/\/(?:[^@/\s]*@)?([a-z][\w.-]*)/
  for (const each of [text, ...values]) {
    const found = pattern.exec(each)
    if (found) return found[1] ?? found[2] ?? found[3]
  }
  return undefined
}

/** A name of the cluster as its labels say it; undefined where it is one of the world outside. */
export function serviceName(
  name: string,
  namespace: string,
): { name: string; namespace: string } | undefined {
  const labels = name.replace(/\.$/, '').split('.')
  const [service = '', other = namespace, kind = 'svc'] = labels
  if (labels.length > 2 && kind !== 'svc') return undefined
  if (labels.length > 5) return undefined
  return { name: service, namespace: other }
}
