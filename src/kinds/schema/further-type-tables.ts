// Types of the groups whose OpenAPI document is not among the recordings, by the API reference of Kubernetes 1.36 and in
// the format of type-tables.ts. Kept by hand. Left out (any JSON): what drivers report of devices.
export const furtherTypeTables = `
@A io.k8s.api.admissionregistration.v1
FailurePolicyType=Fail|Ignore
MatchPolicyType=Equivalent|Exact
OperationType=
ParameterNotFoundActionType=
PatchType=
ReinvocationPolicyType=
ScopeType=
SideEffectClass=
StatusReason=
ValidationAction=
ApplyConfiguration expression:s
AuditAnnotation key!+:s valueExpression!+:s
ExpressionWarning fieldRef!+:s warning!+:s
JSONPatch expression:s
MatchCondition name!+:s expression!+:s
MatchResources ~namespaceSelector:*r/LabelSelector objectSelector:*r/LabelSelector resourceRules:[~NamedRuleWithOperations excludeResourceRules:[~NamedRuleWithOperations matchPolicy:*MatchPolicyType
MutatingAdmissionPolicy \$ spec:MutatingAdmissionPolicySpec
MutatingAdmissionPolicyBinding \$ spec:MutatingAdmissionPolicyBindingSpec
MutatingAdmissionPolicyBindingSpec policyName:s paramRef:*ParamRef matchResources:*MatchResources
MutatingAdmissionPolicySpec paramKind:*ParamKind matchConstraints:*MatchResources variables:[~Variable mutations:[~Mutation failurePolicy:*FailurePolicyType matchConditions:[name:MatchCondition^m@name reinvocationPolicy:ReinvocationPolicyType
MutatingWebhook name!+:s clientConfig!+:WebhookClientConfig rules:[~RuleWithOperations failurePolicy:*FailurePolicyType matchPolicy:*MatchPolicyType namespaceSelector:*r/LabelSelector objectSelector:*r/LabelSelector sideEffects!+:*SideEffectClass timeoutSeconds:*i admissionReviewVersions!+:[~s reinvocationPolicy:*ReinvocationPolicyType matchConditions:[name:MatchCondition^m@name
MutatingWebhookConfiguration \$ webhooks:[name:MutatingWebhook^m@name
Mutation patchType!+:PatchType applyConfiguration:*ApplyConfiguration jsonPatch:*JSONPatch
NamedRuleWithOperations ~resourceNames:[~s <RuleWithOperations operations:[~OperationType <RuleWithOperations.Rule apiGroups:[~s apiVersions:[~s resources:[~s scope:*ScopeType
ParamKind ~apiVersion:s kind:s
ParamRef ~name:s namespace:s selector:*r/LabelSelector parameterNotFoundAction:*ParameterNotFoundActionType
RuleWithOperations operations:[~OperationType <Rule apiGroups:[~s apiVersions:[~s resources:[~s scope:*ScopeType
ServiceReference namespace!+:s name!+:s path:*s port:*i
TypeChecking expressionWarnings:[~ExpressionWarning
ValidatingAdmissionPolicy \$ spec:ValidatingAdmissionPolicySpec status:ValidatingAdmissionPolicyStatus
ValidatingAdmissionPolicyBinding \$ spec:ValidatingAdmissionPolicyBindingSpec
ValidatingAdmissionPolicyBindingSpec policyName:s paramRef:*ParamRef matchResources:*MatchResources validationActions:[=ValidationAction
ValidatingAdmissionPolicySpec paramKind:*ParamKind matchConstraints:*MatchResources validations:[~Validation failurePolicy:*FailurePolicyType auditAnnotations:[~AuditAnnotation matchConditions:[name:MatchCondition^m@name variables:[name:Variable^m@name
ValidatingAdmissionPolicyStatus observedGeneration:l typeChecking:*TypeChecking conditions:[type:r/Condition
ValidatingWebhook name!+:s clientConfig!+:WebhookClientConfig rules:[~RuleWithOperations failurePolicy:*FailurePolicyType matchPolicy:*MatchPolicyType namespaceSelector:*r/LabelSelector objectSelector:*r/LabelSelector sideEffects!+:*SideEffectClass timeoutSeconds:*i admissionReviewVersions!+:[~s matchConditions:[name:MatchCondition^m@name
ValidatingWebhookConfiguration \$ webhooks:[name:ValidatingWebhook^m@name
Validation expression!+:s message:s reason:*StatusReason messageExpression:s
Variable ~name!+:s expression!+:s
WebhookClientConfig url:*s service:*ServiceReference caBundle:y
@G io.k8s.kube-aggregator.pkg.apis.apiregistration.v1
APIService \$ spec:APIServiceSpec status:APIServiceStatus
APIServiceCondition type!+:s status!+:s lastTransitionTime:t reason:s message:s
APIServiceSpec service:*ServiceReference group:s version:s insecureSkipTLSVerify:b caBundle:y groupPriorityMinimum!+:i versionPriority!+:i
APIServiceStatus conditions:[type:APIServiceCondition^m@type
ServiceReference namespace:s name:s port:*i
@F io.k8s.api.flowcontrol.v1
LimitResponseType=
PriorityLevelEnablement=
SubjectKind=
ExemptPriorityLevelConfiguration nominalConcurrencyShares:*i lendablePercent:*i
FlowDistinguisherMethod type!+:s
FlowSchema \$ spec:FlowSchemaSpec status:FlowSchemaStatus
FlowSchemaCondition type:s status:s lastTransitionTime:t reason:s message:s
FlowSchemaSpec priorityLevelConfiguration!+:PriorityLevelConfigurationReference matchingPrecedence+:i distinguisherMethod:*FlowDistinguisherMethod rules:[~PolicyRulesWithSubjects
FlowSchemaStatus conditions:[type:FlowSchemaCondition^m@type
GroupSubject name!+:s
LimitResponse type!+:LimitResponseType queuing:*QueuingConfiguration
LimitedPriorityLevelConfiguration nominalConcurrencyShares:*i limitResponse:LimitResponse lendablePercent:*i borrowingLimitPercent:*i
NonResourcePolicyRule verbs!+:[=s nonResourceURLs!+:[=s
PolicyRulesWithSubjects subjects!+:[~Subject resourceRules:[~ResourcePolicyRule nonResourceRules:[~NonResourcePolicyRule
PriorityLevelConfiguration \$ spec:PriorityLevelConfigurationSpec status:PriorityLevelConfigurationStatus
PriorityLevelConfigurationCondition type:s status:s lastTransitionTime:t reason:s message:s
PriorityLevelConfigurationReference name!+:s
PriorityLevelConfigurationSpec type!+:PriorityLevelEnablement limited:*LimitedPriorityLevelConfiguration exempt:*ExemptPriorityLevelConfiguration
PriorityLevelConfigurationStatus conditions:[type:PriorityLevelConfigurationCondition^m@type
QueuingConfiguration queues+:i handSize+:i queueLengthLimit+:i
ResourcePolicyRule verbs!+:[=s apiGroups!+:[=s resources!+:[=s clusterScope:b namespaces+:[=s
ServiceAccountSubject namespace!+:s name!+:s
Subject kind!+:SubjectKind user:*UserSubject group:*GroupSubject serviceAccount:*ServiceAccountSubject
UserSubject name!+:s
@D io.k8s.api.resource.v1
DeviceAllocationMode=
CELDeviceSelector expression!+:s
CapacityRequirements requests:{q
DeviceClaim requests:[~DeviceRequest constraints:[~DeviceConstraint config:[~DeviceClaimConfiguration
DeviceClaimConfiguration requests:[~s <DeviceConfiguration opaque:*OpaqueDeviceConfiguration
DeviceClass \$ spec!+:DeviceClassSpec
DeviceClassConfiguration <DeviceConfiguration opaque:*OpaqueDeviceConfiguration
DeviceClassSpec selectors:[~DeviceSelector config:[~DeviceClassConfiguration extendedResourceName:*s
DeviceConstraint requests:[~s matchAttribute:*s distinctAttribute:*s
DeviceRequest name!+:s exactly:*ExactDeviceRequest firstAvailable:[~DeviceSubRequest
DeviceSelector cel:*CELDeviceSelector
DeviceSubRequest name!+:s deviceClassName!+:s selectors:[~DeviceSelector allocationMode:DeviceAllocationMode count:l tolerations:[~DeviceToleration capacity:*CapacityRequirements
DeviceToleration key:s operator:s value:s effect:s tolerationSeconds:*l
ExactDeviceRequest deviceClassName!+:s selectors:[~DeviceSelector allocationMode:DeviceAllocationMode count:l adminAccess:*b tolerations:[~DeviceToleration capacity:*CapacityRequirements
OpaqueDeviceConfiguration driver!+:s parameters!+:r
ResourceClaim \$ spec!+:ResourceClaimSpec status:ResourceClaimStatus
ResourceClaimConsumerReference apiGroup:s resource!+:s name!+:s uid!+:s
ResourceClaimSpec devices:DeviceClaim
ResourceClaimStatus allocation:r reservedFor:[uid:ResourceClaimConsumerReference^m@uid devices:[~r
ResourceClaimTemplate \$ spec!+:ResourceClaimTemplateSpec
ResourceClaimTemplateSpec metadata:r/ObjectMeta spec!+:ResourceClaimSpec
ResourcePool name!+:s generation!+:l resourceSliceCount!+:l
ResourceSlice \$ spec!+:ResourceSliceSpec
ResourceSliceSpec driver!+:s pool!+:ResourcePool nodeName:*s nodeSelector:*i/NodeSelector allNodes:*b devices:[~r perDeviceNodeSelection:*b sharedCounters:[~r
`
