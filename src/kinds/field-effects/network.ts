// What the fields of services, ingresses and network policies do here.
import type { TypeEffects } from './type-effects.ts'

export const networkEffects: Readonly<Record<string, TypeEffects>> = {
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
    // IPv6 is refused, as by any cluster that has IPv4 only.
    'kinds/service-addresses.ts': 'ipFamilies ipFamilyPolicy',
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
  IngressSpec: {
    'containers/images/ingress-nginx.ts': 'ingressClassName',
    'containers/images/ingress-routes.ts': 'defaultBackend tls rules',
  },
  IngressBackend: {
    'containers/images/ingress-routes.ts': 'service resource',
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
