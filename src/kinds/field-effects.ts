// What each field of the pods, services, workloads, ingresses and network policies that the API accepts does here: by type
// of the schema, the code of src that heeds it, or why it has no effect. A test holds that no field is missing, that each
// stands in one place, and that the code names it.
// Fields of metadata are not in it, nor are the state and the status of anything.

export interface TypeEffects {
  /** Fields by the file that heeds them. */
  readonly [file: string]: string | Readonly<Record<string, string>> | undefined
  /** Why fields have no effect, by those fields; `*`: all of the type. */
  readonly without?: Readonly<Record<string, string>>
}

/** The types whose fields, and those of all types that they hold, are listed. */
export const fieldRoots = [
  'io.k8s.api.core.v1.PodSpec',
  'io.k8s.api.core.v1.ServiceSpec',
  'io.k8s.api.batch.v1.JobSpec',
  'io.k8s.api.apps.v1.DeploymentSpec',
  'io.k8s.api.apps.v1.StatefulSetSpec',
  'io.k8s.api.apps.v1.DaemonSetSpec',
  'io.k8s.api.networking.v1.IngressSpec',
  'io.k8s.api.networking.v1.NetworkPolicySpec',
] as const

export interface FieldEffect {
  /** `Container`. */
  readonly type: string
  /** `image`; `*`: every field of the type. */
  readonly field: string
  /** The file of src that heeds it; undefined where nothing does. */
  readonly file?: string
  /** Why it has no effect. */
  readonly why?: string
}

/** The table row by row. */
export function* fieldEffects(): Generator<FieldEffect> {
  for (const [type, { without = {}, ...files }] of Object.entries(effects)) {
    for (const [file, fields] of Object.entries(files))
      for (const field of String(fields).split(' ')) yield { type, field, file }
    for (const [fields, why] of Object.entries(without))
      for (const field of fields.split(' ')) yield { type, field, why }
  }
}

/** What has no effect, by its reason: `Container.volumeDevices`, `NFSVolumeSource`. */
export function withoutEffect(): Map<string, string[]> {
  const reasons = new Map<string, string[]>()
  for (const { type, field, why } of fieldEffects()) {
    if (!why) continue
    const names = reasons.get(why) ?? []
    names.push(field === '*' ? type : `${type}.${field}`)
    reasons.set(why, names)
  }
  return reasons
}

const effects: Readonly<Record<string, TypeEffects>> = {
  PodSpec: {
    'kubelet/create.ts':
      'volumes containers nodeName hostNetwork hostPID shareProcessNamespace hostname subdomain setHostnameAsFQDN resources hostnameOverride',
    'kubelet/admission.ts': 'initContainers nodeSelector affinity os',
    'kubelet/types.ts': 'ephemeralContainers restartPolicy',
    'kubelet/pod-worker.ts': 'terminationGracePeriodSeconds activeDeadlineSeconds imagePullSecrets',
    'kubelet/resolver.ts': 'dnsPolicy hostAliases dnsConfig',
    'kubelet/environment.ts': 'serviceAccountName enableServiceLinks',
    'api/admission/service-account.ts': 'serviceAccount automountServiceAccountToken',
    'kubelet/security.ts': 'securityContext priorityClassName',
    'api/admission/runtime-class.ts': 'runtimeClassName',
    'scheduler/scheduler.ts': 'schedulerName priority schedulingGates',
    'scheduler/filters/taints.ts': 'tolerations',
    'kubelet/kubelet.ts': 'readinessGates',
    'api/admission/priority.ts': 'preemptionPolicy',
    'scheduler/pod-info.ts': 'overhead',
    'scheduler/filters/topology-spread.ts': 'topologySpreadConstraints',
    without: {
      hostIPC: 'nothing here uses shared memory',
      hostUsers: 'users are those of the node in any case',
      resourceClaims: 'no devices are allocated',
      schedulingGroup: 'pods are scheduled one by one',
    },
  },
  Volume: {
    'kubelet/volume-plugins.ts':
      'name hostPath emptyDir secret persistentVolumeClaim downwardAPI configMap projected',
    'kubelet/volumes.ts': 'image',
    'controllers/ephemeral-volume.ts': 'ephemeral',
    without: {
      'gcePersistentDisk awsElasticBlockStore gitRepo nfs iscsi glusterfs rbd flexVolume cinder cephfs flocker fc azureFile vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO storageos csi':
        'no storage system of this kind: the pod waits, with an event',
    },
  },
  HostPathVolumeSource: {
    'kubelet/volume-plugins.ts': 'path type',
  },
  EmptyDirVolumeSource: {
    'kubelet/volume-plugins.ts': 'medium sizeLimit',
  },
  GCEPersistentDiskVolumeSource: {
    without: { '*': 'no storage system of this kind: the pod waits, with an event' },
  },
  AWSElasticBlockStoreVolumeSource: {
    without: { '*': 'no storage system of this kind: the pod waits, with an event' },
  },
  GitRepoVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  SecretVolumeSource: {
    'kubelet/volume-plugins.ts': 'secretName items defaultMode optional',
  },
  KeyToPath: {
    'kubelet/volume-plugins.ts': 'key path mode',
  },
  NFSVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  ISCSIVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  LocalObjectReference: {
    'kubelet/pod-worker.ts': 'name',
  },
  GlusterfsVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  PersistentVolumeClaimVolumeSource: {
    'kubelet/volume-plugins.ts': 'claimName readOnly',
  },
  RBDVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  FlexVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  CinderVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  CephFSVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  FlockerVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  DownwardAPIVolumeSource: {
    'kubelet/volume-plugins.ts': 'items defaultMode',
  },
  DownwardAPIVolumeFile: {
    'kubelet/volume-plugins.ts': 'path fieldRef resourceFieldRef mode',
  },
  ObjectFieldSelector: {
    'kubelet/environment.ts': 'fieldPath',
    'kinds/pod-spec/env.ts': 'apiVersion',
  },
  ResourceFieldSelector: {
    'kubelet/environment.ts': 'containerName resource divisor',
  },
  FCVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  AzureFileVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  ConfigMapVolumeSource: {
    'kubelet/volume-plugins.ts': 'name items defaultMode optional',
  },
  VsphereVirtualDiskVolumeSource: {
    without: { '*': 'no storage system of this kind: the pod waits, with an event' },
  },
  QuobyteVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  AzureDiskVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  PhotonPersistentDiskVolumeSource: {
    without: { '*': 'no storage system of this kind: the pod waits, with an event' },
  },
  ProjectedVolumeSource: {
    'kubelet/volume-plugins.ts': 'sources defaultMode',
  },
  VolumeProjection: {
    'kubelet/volume-plugins.ts': 'secret downwardAPI configMap serviceAccountToken',
    without: {
      clusterTrustBundle: 'no trust bundles are published here',
      podCertificate: 'nobody signs certificates of pods here',
    },
  },
  SecretProjection: {
    'kubelet/volume-plugins.ts': 'name items optional',
  },
  DownwardAPIProjection: {
    'kubelet/volume-plugins.ts': 'items',
  },
  ConfigMapProjection: {
    'kubelet/volume-plugins.ts': 'name items optional',
  },
  ServiceAccountTokenProjection: {
    'kubelet/kubelet.ts': 'audience expirationSeconds',
    'kubelet/kubelet-server.ts': 'path',
  },
  ClusterTrustBundleProjection: { without: { '*': 'no trust bundles are published here' } },
  LabelSelector: {
    'kinds/machinery/labels.ts': 'matchLabels matchExpressions',
  },
  LabelSelectorRequirement: {
    'kinds/machinery/labels.ts': 'key operator values',
  },
  PodCertificateProjection: { without: { '*': 'nobody signs certificates of pods here' } },
  PortworxVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  ScaleIOVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  StorageOSVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  CSIVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  EphemeralVolumeSource: {
    'controllers/ephemeral-volume.ts': 'volumeClaimTemplate',
  },
  PersistentVolumeClaimTemplate: {
    'controllers/ephemeral-volume.ts': 'metadata spec',
  },
  PersistentVolumeClaimSpec: {
    'controllers/persistent-volume.ts': 'volumeName',
    'kinds/machinery/volume-matching.ts': 'accessModes selector resources storageClassName volumeMode',
    without: {
      'dataSource dataSourceRef': 'volumes are made empty',
      volumeAttributesClassName: 'volumes have no attributes that could change',
    },
  },
  VolumeResourceRequirements: {
    'kinds/machinery/volume-matching.ts': 'requests',
    without: {
      limits: 'volumes are not measured against it, as in a real cluster',
    },
  },
  TypedLocalObjectReference: {
    without: { '*': 'volumes are made empty; backends of Ingresses are services' },
  },
  TypedObjectReference: { without: { '*': 'volumes are made empty' } },
  ImageVolumeSource: {
    'kubelet/volumes.ts': 'reference pullPolicy',
  },
  Container: {
    'kubelet/create.ts': 'name image command args workingDir ports env resources volumeMounts',
    'kubelet/environment.ts': 'envFrom',
    'kubelet/types.ts': 'restartPolicyRules',
    'kubelet/pod-actions.ts': 'resizePolicy restartPolicy livenessProbe',
    'kubelet/probes.ts': 'readinessProbe startupProbe',
    'kubelet/sync-containers.ts': 'lifecycle',
    'containers/container.ts': 'terminationMessagePath terminationMessagePolicy stdin',
    'kubelet/images.ts': 'imagePullPolicy',
    'kubelet/security.ts': 'securityContext',
    'kubelet/connector.ts': 'tty stdinOnce',
    without: {
      volumeDevices: 'volumes are file systems',
    },
  },
  ContainerPort: {
    'kubelet/create.ts': 'name hostPort containerPort protocol hostIP',
  },
  EnvFromSource: {
    'kubelet/environment.ts': 'prefix configMapRef secretRef',
  },
  ConfigMapEnvSource: {
    'kubelet/environment.ts': 'name optional',
  },
  SecretEnvSource: {
    'kubelet/environment.ts': 'name optional',
  },
  EnvVar: {
    'kubelet/environment.ts': 'name value valueFrom',
  },
  EnvVarSource: {
    'kubelet/environment.ts': 'fieldRef resourceFieldRef configMapKeyRef secretKeyRef fileKeyRef',
  },
  ConfigMapKeySelector: {
    'kubelet/environment.ts': 'name key optional',
  },
  SecretKeySelector: {
    'kubelet/environment.ts': 'name key optional',
  },
  FileKeySelector: {
    'kubelet/environment.ts': 'volumeName path key optional',
  },
  ResourceRequirements: {
    'containers/container.ts': 'limits',
    'kubelet/admission.ts': 'requests',
    without: {
      claims: 'no devices are allocated',
    },
  },
  ResourceClaim: { without: { '*': 'no devices are allocated' } },
  ContainerResizePolicy: {
    'kubelet/pod-actions.ts': 'resourceName restartPolicy',
  },
  ContainerRestartRule: {
    'kubelet/types.ts': 'action exitCodes',
  },
  ContainerRestartRuleOnExitCodes: {
    'kubelet/types.ts': 'operator values',
  },
  VolumeMount: {
    'kubelet/volumes.ts': 'name readOnly mountPath subPath subPathExpr',
    without: {
      'recursiveReadOnly mountPropagation': 'nothing is mounted within a volume',
    },
  },
  VolumeDevice: { without: { '*': 'volumes are file systems' } },
  Probe: {
    'kubelet/probe-attempts.ts': 'exec httpGet tcpSocket grpc timeoutSeconds',
    'kubelet/probes.ts': 'initialDelaySeconds periodSeconds successThreshold failureThreshold',
    'kubelet/pod-actions.ts': 'terminationGracePeriodSeconds',
  },
  ExecAction: {
    'kubelet/probe-attempts.ts': 'command',
  },
  HTTPGetAction: {
    'kubelet/probe-attempts.ts': 'path port host scheme httpHeaders',
  },
  HTTPHeader: {
    'kubelet/probes.ts': 'name',
    'kubelet/probe-attempts.ts': 'value',
  },
  TCPSocketAction: {
    'kubelet/probe-attempts.ts': 'port host',
  },
  GRPCAction: {
    'kubelet/probe-attempts.ts': 'port service',
  },
  Lifecycle: {
    'kubelet/sync-containers.ts': 'postStart preStop stopSignal',
  },
  LifecycleHandler: {
    'kubelet/hooks.ts': 'exec httpGet sleep',
    without: {
      tcpSocket: 'no hook, as in a real cluster',
    },
  },
  SleepAction: {
    'kubelet/sync-containers.ts': 'seconds',
  },
  SecurityContext: {
    'kubelet/security.ts':
      'capabilities privileged runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation seccompProfile',
    without: {
      seLinuxOptions: 'nodes run without SELinux',
      windowsOptions: 'nodes run Linux',
      procMount: 'all of /proc is shown',
      appArmorProfile: 'nodes run without AppArmor',
    },
  },
  Capabilities: {
    'kubelet/security.ts': 'add drop',
  },
  SELinuxOptions: { without: { '*': 'nodes run without SELinux' } },
  WindowsSecurityContextOptions: { without: { '*': 'nodes run Linux' } },
  SeccompProfile: {
    'kubelet/security.ts': 'type localhostProfile',
  },
  AppArmorProfile: { without: { '*': 'nodes run without AppArmor' } },
  EphemeralContainer: {
    'kubelet/create.ts': 'name image command args workingDir env volumeMounts targetContainerName',
    'kubelet/environment.ts': 'envFrom',
    'containers/container.ts': 'terminationMessagePath terminationMessagePolicy',
    'kubelet/images.ts': 'imagePullPolicy',
    'kubelet/security.ts': 'securityContext',
    'kubelet/connector.ts': 'stdin stdinOnce tty',
    // Refused.
    'kinds/pod-spec/containers.ts':
      'ports resources resizePolicy restartPolicy restartPolicyRules livenessProbe readinessProbe startupProbe lifecycle',
    without: {
      volumeDevices: 'volumes are file systems',
    },
  },
  PodSecurityContext: {
    'kubelet/security.ts':
      'runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup seccompProfile',
    'kubelet/sysctls.ts': 'sysctls',
    'kubelet/volumes.ts': 'fsGroupChangePolicy',
    without: {
      'seLinuxOptions seLinuxChangePolicy': 'nodes run without SELinux',
      windowsOptions: 'nodes run Linux',
      appArmorProfile: 'nodes run without AppArmor',
    },
  },
  Sysctl: {
    'kubelet/sysctls.ts': 'name value',
  },
  Affinity: {
    'scheduler/scores/affinity.ts': 'nodeAffinity',
    'scheduler/pod-info.ts': 'podAffinity podAntiAffinity',
  },
  NodeAffinity: {
    'scheduler/pod-info.ts':
      'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  },
  NodeSelector: {
    'kinds/machinery/volume-matching.ts': 'nodeSelectorTerms',
  },
  NodeSelectorTerm: {
    'kinds/machinery/node-matching.ts': 'matchExpressions matchFields',
  },
  NodeSelectorRequirement: {
    'scheduler/node-info.ts': 'key values',
    'scheduler/pod-info.ts': 'operator',
  },
  PreferredSchedulingTerm: {
    'scheduler/pod-info.ts': 'weight',
    'scheduler/scores/affinity.ts': 'preference',
  },
  PodAffinity: {
    'scheduler/pod-info.ts':
      'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  },
  PodAffinityTerm: {
    'scheduler/pod-info.ts':
      'labelSelector namespaces topologyKey namespaceSelector matchLabelKeys mismatchLabelKeys',
  },
  WeightedPodAffinityTerm: {
    'scheduler/pod-info.ts': 'weight podAffinityTerm',
  },
  PodAntiAffinity: {
    'scheduler/pod-info.ts':
      'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  },
  Toleration: {
    'scheduler/filters/taints.ts': 'key effect',
    'scheduler/pod-info.ts': 'operator',
    'scheduler/scores/affinity.ts': 'value',
    'controllers/node-lifecycle.ts': 'tolerationSeconds',
  },
  HostAlias: {
    'kubelet/resolver.ts': 'ip hostnames',
  },
  PodDNSConfig: {
    'kubelet/resolver.ts': 'nameservers searches options',
  },
  PodDNSConfigOption: {
    'kubelet/resolver.ts': 'name value',
  },
  PodReadinessGate: {
    'kubelet/pod-status.ts': 'conditionType',
  },
  TopologySpreadConstraint: {
    'scheduler/scores/topology-spread.ts': 'maxSkew minDomains',
    'scheduler/pod-info.ts': 'topologyKey labelSelector matchLabelKeys',
    'scheduler/filters/topology-spread.ts': 'whenUnsatisfiable nodeAffinityPolicy nodeTaintsPolicy',
  },
  PodOS: {
    'kubelet/admission.ts': 'name',
  },
  PodSchedulingGate: {
    'scheduler/scheduler.ts': 'name',
  },
  PodResourceClaim: { without: { '*': 'no devices are allocated' } },
  PodSchedulingGroup: { without: { '*': 'pods are scheduled one by one' } },
  ServiceSpec: {
    'network/services.ts':
      'ports clusterIP clusterIPs type sessionAffinity loadBalancerSourceRanges externalTrafficPolicy sessionAffinityConfig internalTrafficPolicy',
    'controllers/service-pods.ts': 'selector',
    'network/iptables.ts': 'externalIPs',
    'controllers/service-load-balancer.ts': 'loadBalancerIP loadBalancerClass',
    'network/dns.ts': 'externalName',
    'api/admission/service-allocation.ts': 'healthCheckNodePort',
    'controllers/endpoints.ts': 'publishNotReadyAddresses',
    'controllers/endpointslice.ts': 'trafficDistribution',
    'kinds/service.ts': 'allocateLoadBalancerNodePorts',
    without: { 'ipFamilies ipFamilyPolicy': 'the cluster has IPv4 only' },
  },
  ServicePort: {
    'network/services.ts': 'name protocol port nodePort',
    'controllers/endpoints.ts': 'appProtocol',
    'controllers/service-pods.ts': 'targetPort',
  },
  SessionAffinityConfig: {
    'network/services.ts': 'clientIP',
  },
  ClientIPConfig: {
    'network/services.ts': 'timeoutSeconds',
  },
  JobSpec: {
    'controllers/job.ts':
      'parallelism activeDeadlineSeconds backoffLimit backoffLimitPerIndex maxFailedIndexes selector template completionMode suspend podReplacementPolicy managedBy',
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
    'controllers/deployment-rollout.ts': 'replicas template progressDeadlineSeconds',
    'controllers/deployment.ts': 'selector minReadySeconds revisionHistoryLimit paused',
    'controllers/deployment-util.ts': 'strategy',
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
    'controllers/statefulset-claims.ts': 'kind apiVersion metadata spec',
    'controllers/persistent-volume.ts': 'status',
  },
  StatefulSetUpdateStrategy: {
    'controllers/statefulset.ts': 'type rollingUpdate',
  },
  RollingUpdateStatefulSetStrategy: {
    'controllers/statefulset.ts': 'partition maxUnavailable',
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
    'controllers/daemonset.ts': 'maxUnavailable maxSurge',
  },
  IngressSpec: {
    'containers/images/ingress-nginx.ts': 'ingressClassName',
    'containers/images/ingress-routes.ts': 'defaultBackend tls rules',
  },
  IngressBackend: {
    'containers/images/ingress-routes.ts': 'service',
    without: {
      resource: 'backends are services',
    },
  },
  IngressServiceBackend: {
    'containers/images/ingress-routes.ts': 'name',
    'containers/images/ingress-nginx.ts': 'port',
  },
  ServiceBackendPort: {
    'network/services.ts': 'name number',
  },
  IngressTLS: {
    'containers/images/ingress-routes.ts': 'hosts',
    'containers/images/ingress-certificates.ts': 'secretName',
  },
  IngressRule: {
    'containers/images/ingress-routes.ts': 'host http',
  },
  HTTPIngressRuleValue: {
    'containers/images/ingress-routes.ts': 'paths',
  },
  HTTPIngressPath: {
    'containers/images/ingress-routes.ts': 'path pathType backend',
  },
  NetworkPolicySpec: {
    'network/policies.ts': 'podSelector ingress egress policyTypes',
  },
  NetworkPolicyIngressRule: {
    'network/policies.ts': 'ports from',
  },
  NetworkPolicyPort: {
    'network/policies.ts': 'protocol port endPort',
  },
  NetworkPolicyPeer: {
    'network/policies.ts': 'podSelector namespaceSelector ipBlock',
  },
  IPBlock: {
    'network/policies.ts': 'cidr except',
  },
  NetworkPolicyEgressRule: {
    'network/policies.ts': 'ports to',
  },
}
