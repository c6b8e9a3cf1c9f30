// All services by the last part of their repository's name.
import { dictionary } from '../../../engine/dictionary.ts'
import { operations } from './operations.ts'
import type { Service } from './service-data.ts'
import { sites } from './sites.ts'
import { stores } from './stores.ts'

const services: Readonly<Record<string, Service>> = dictionary({ ...sites, ...stores, ...operations })

/** Names that mean the same program. */
const synonyms: Readonly<Record<string, string>> = dictionary({
  'cp-zookeeper': 'zookeeper',
  'kubernetes-zookeeper': 'zookeeper',
  'cp-kafka': 'kafka',
  apache: 'httpd',
  'fluentd-kubernetes-daemonset': 'fluentd',
  'fluentd-elasticsearch': 'fluentd',
  'fluentd-gcp': 'fluentd',
  node_exporter: 'node-exporter',
  'haproxy-alpine': 'haproxy',
  'activemq-classic': 'activemq',
  gitea: 'gitea',
  gogs: 'gitea',
})

/** The service of a repository, by its last part. */
export function serviceOf(repository: string, detail: string | undefined): Service | undefined {
  const name = detail ?? repository.split('/').at(-1)!
  return services[synonyms[name] ?? name]
}
