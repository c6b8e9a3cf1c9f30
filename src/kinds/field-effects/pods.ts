// What the fields of pods, containers, their variables, probes, hooks and security do here.
import type { TypeEffects } from './type-effects.ts'

export const podEffects: Readonly<Record<string, TypeEffects>> = {
  PodSpec: {
    'kubelet/create.ts':
      'volumes containers nodeName hostNetwork hostPID hostIPC hostUsers shareProcessNamespace hostname subdomain setHostnameAsFQDN resources hostnameOverride',
    'kubelet/admission.ts': 'initContainers nodeSelector affinity os',
    'kubelet/types.ts': 'ephemeralContainers restartPolicy',
    'kubelet/pod-worker.ts': 'terminationGracePeriodSeconds activeDeadlineSeconds imagePullSecrets',
    'kubelet/resolver.ts': 'dnsPolicy hostAliases dnsConfig',
    'kubelet/environment.ts': 'serviceAccountName enableServiceLinks',
    'api/admission/service-account.ts': 'serviceAccount automountServiceAccountToken',
    'kubelet/security.ts': 'securityContext priorityClassName',
    'api/admission/runtime-class.ts': 'runtimeClassName',
    'scheduler/scheduler.ts': 'schedulerName priority schedulingGates resourceClaims',
    'scheduler/filters/taints.ts': 'tolerations',
    'kubelet/kubelet.ts': 'readinessGates',
    'api/admission/priority.ts': 'preemptionPolicy',
    'scheduler/pod-info.ts': 'overhead',
    'scheduler/filters/topology-spread.ts': 'topologySpreadConstraints',
    without: {
      schedulingGroup: 'pods are scheduled one by one',
    },
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
      volumeDevices: 'volumes are file systems, not block devices',
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
    // Refused where the pod has no such claim.
    'kinds/pod-spec/resources.ts': 'claims',
  },
  ResourceClaim: {
    'kinds/pod-spec/resources.ts': 'name',
    without: { request: 'there are no devices: a pod with claims waits' },
  },
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
  VolumeDevice: { without: { '*': 'volumes are file systems, not block devices' } },
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
      tcpSocket: 'such a hook is never run, as in a real cluster',
    },
  },
  SleepAction: {
    'kubelet/sync-containers.ts': 'seconds',
  },
  SecurityContext: {
    'kubelet/security.ts':
      'capabilities privileged runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation seccompProfile',
    // A pod that asks for a profile is refused, as by any node without AppArmor.
    'kubelet/admission.ts': 'appArmorProfile',
    without: {
      seLinuxOptions: 'nodes run without SELinux',
      windowsOptions: 'nodes run Linux',
      procMount: 'all of /proc is shown',
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
  AppArmorProfile: {
    'kubelet/admission.ts': 'type',
    without: { localhostProfile: 'nodes run without AppArmor: a pod with any profile is refused' },
  },
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
      volumeDevices: 'volumes are file systems, not block devices',
    },
  },
  PodSecurityContext: {
    'kubelet/security.ts':
      'runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup seccompProfile',
    'kubelet/sysctls.ts': 'sysctls',
    'kubelet/admission.ts': 'appArmorProfile',
    'kubelet/volumes.ts': 'fsGroupChangePolicy',
    without: {
      'seLinuxOptions seLinuxChangePolicy': 'nodes run without SELinux',
      windowsOptions: 'nodes run Linux',
    },
  },
  Sysctl: {
    'kubelet/sysctls.ts': 'name value',
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
}
