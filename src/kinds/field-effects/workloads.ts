// What the fields of jobs, deployments, stateful and daemon sets do here.
import type { TypeEffects } from './type-effects.ts'

export const workloadEffects: Readonly<Record<string, TypeEffects>> = {
  JobSpec: {
    'controllers/job.ts': 'selector suspend managedBy',
    'controllers/job-end.ts': 'activeDeadlineSeconds backoffLimit maxFailedIndexes',
    'controllers/job-look.ts': 'backoffLimitPerIndex completionMode podReplacementPolicy',
    'controllers/job-pod.ts': 'template',
    'controllers/job-pods.ts': 'parallelism',
    'controllers/job-indexes.ts': 'completions',
    'controllers/job-policy.ts': 'podFailurePolicy',
    'controllers/job-success.ts': 'successPolicy',
    'controllers/ttl-after-finished.ts': 'ttlSecondsAfterFinished',
    'kinds/job.ts': 'manualSelector',
  },
  PodFailurePolicy: {
    'controllers/job-policy.ts': 'rules',
  },
  PodFailurePolicyRule: {
    'controllers/job-policy.ts': 'action onExitCodes onPodConditions',
  },
  PodFailurePolicyOnExitCodesRequirement: {
    'controllers/job-policy.ts': 'containerName operator values',
  },
  PodFailurePolicyOnPodConditionsPattern: {
    'controllers/job-indexes.ts': 'type',
    'controllers/job-policy.ts': 'status',
  },
  SuccessPolicy: {
    'controllers/job-success.ts': 'rules',
  },
  SuccessPolicyRule: {
    'controllers/job-success.ts': 'succeededIndexes succeededCount',
  },
  PodTemplateSpec: {
    'controllers/pods.ts': 'metadata spec',
  },
  DeploymentSpec: {
    'controllers/deployment-rollout.ts': 'replicas template',
    'controllers/deployment.ts': 'selector minReadySeconds revisionHistoryLimit paused',
    'controllers/deployment-util.ts': 'strategy progressDeadlineSeconds',
  },
  DeploymentStrategy: {
    'controllers/deployment-rollout.ts': 'type',
    'controllers/deployment-util.ts': 'rollingUpdate',
  },
  RollingUpdateDeployment: {
    'controllers/deployment-rollout.ts': 'maxUnavailable',
    'controllers/deployment-util.ts': 'maxSurge',
  },
  StatefulSetSpec: {
    'controllers/statefulset.ts':
      'replicas selector template serviceName podManagementPolicy updateStrategy minReadySeconds ordinals',
    'controllers/statefulset-claims.ts': 'volumeClaimTemplates persistentVolumeClaimRetentionPolicy',
    'controllers/history.ts': 'revisionHistoryLimit',
  },
  PersistentVolumeClaim: {
    'controllers/statefulset-claims.ts': 'metadata spec',
    without: {
      'kind apiVersion status':
        'a template of claims is one whatever it says of itself, as in a real cluster',
    },
  },
  StatefulSetUpdateStrategy: {
    'controllers/statefulset.ts': 'type rollingUpdate',
  },
  RollingUpdateStatefulSetStrategy: {
    'controllers/statefulset.ts': 'partition',
    without: {
      maxUnavailable: 'dropped, as in a real cluster in which MaxUnavailableStatefulSet is off',
    },
  },
  StatefulSetPersistentVolumeClaimRetentionPolicy: {
    'controllers/statefulset-claims.ts': 'whenDeleted whenScaled',
  },
  StatefulSetOrdinals: {
    'controllers/statefulset.ts': 'start',
  },
  DaemonSetSpec: {
    'controllers/daemonset.ts': 'selector template updateStrategy minReadySeconds',
    'controllers/history.ts': 'revisionHistoryLimit',
  },
  DaemonSetUpdateStrategy: {
    'controllers/daemonset.ts': 'type rollingUpdate',
  },
  RollingUpdateDaemonSet: {
    'controllers/daemonset-update.ts': 'maxUnavailable maxSurge',
  },
}
