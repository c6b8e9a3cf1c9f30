// All kinds that `kubectl create` makes without a file.
import type { Command } from '../command.ts'
import { configmap, dockerSecret, genericSecret, tlsSecret } from './create-config.ts'
import { generator } from './create-generator.ts'
import { namespace, podDisruptionBudget, priorityClass, quota, serviceAccount } from './create-policy.ts'
import { clusterRole, clusterRoleBinding, role, roleBinding } from './create-rbac.ts'
import { ingress, services } from './create-services.ts'
import { cronjob, deployment, job } from './create-workloads.ts'

export const generators: readonly Command[] = [
  generator(namespace),
  generator(quota),
  { name: 'secret', help: 'stderr', commands: [dockerSecret, tlsSecret, genericSecret].map(generator) },
  generator(configmap),
  generator(serviceAccount),
  { name: 'service', aliases: ['svc'], help: 'stderr', commands: services.map(generator) },
  ...[deployment, clusterRole, clusterRoleBinding, role, roleBinding].map(generator),
  ...[podDisruptionBudget, priorityClass, job, cronjob, ingress].map(generator),
]
