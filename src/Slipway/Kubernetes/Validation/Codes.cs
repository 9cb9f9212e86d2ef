namespace Slipway.Kubernetes.Validation;

/// <summary>The codes of the ladder's findings; each is explained in <c>docs/diagnostics.md</c>.</summary>
internal static class Codes
{
    // 1 YAML
    public const string Unreadable = "SLW2206";

    // 2 schema
    public const string UnknownField = "SLW2301";
    public const string MissingField = "SLW2302";
    public const string WrongType = "SLW2303";
    public const string NotAllowedValue = "SLW2304";
    public const string RemovedVersion = "SLW2305";
    public const string UnknownKind = "SLW2306";
    public const string BadQuantity = "SLW2307";
    public const string BadName = "SLW2308";
    public const string BadLabel = "SLW2309";
    public const string PortRange = "SLW2310";
    public const string DuplicateItem = "SLW2311";
    public const string ExclusiveFields = "SLW2312";
    public const string BadSchedule = "SLW2313";
    public const string OutOfRange = "SLW2314";
    public const string LimitBelowRequest = "SLW2315";
    public const string BadKey = "SLW2316";
    public const string BadEncoding = "SLW2317";
    public const string NoIdentity = "SLW2318";
    public const string NamespaceOnClusterKind = "SLW2319";
    public const string BadCustomResource = "SLW2320";
    public const string BadAddress = "SLW2321";
    public const string BadCombination = "SLW2322";

    // 3 cross references
    public const string SelectorTemplate = "SLW2401";
    public const string ServiceSelectsNothing = "SLW2402";
    public const string TargetPort = "SLW2403";
    public const string ServiceAccountMissing = "SLW2404";
    public const string ConfigMapMissing = "SLW2405";
    public const string ConfigMapKeyMissing = "SLW2406";
    public const string SecretMissing = "SLW2407";
    public const string SecretKeyMissing = "SLW2408";
    public const string ScaleTargetMissing = "SLW2409";
    public const string ScaleNeedsRequests = "SLW2410";
    public const string BudgetSelectsNothing = "SLW2411";
    public const string BackendMissing = "SLW2412";
    public const string BackendPortMissing = "SLW2413";
    public const string RoleMissing = "SLW2414";
    public const string SubjectMissing = "SLW2415";
    public const string DuplicateObject = "SLW2416";
    public const string ClaimMissing = "SLW2417";
    public const string PolicySelectsNothing = "SLW2418";
    public const string IngressWithoutClass = "SLW2419";
    public const string ProbePort = "SLW2420";
    public const string NamespaceMissing = "SLW2421";
    public const string StoreMissing = "SLW2422";
    public const string KustomizationEntryMissing = "SLW2423";
    public const string VolumeMissing = "SLW2424";
    public const string ProjectMissing = "SLW2425";
    public const string GoverningServiceMissing = "SLW2426";
    public const string KustomizationTargetMissing = "SLW2427";

    // 4 policy
    public const string Unknown = "SLW2501";
    public const string RunsAsRoot = "SLW2502";
    public const string PrivilegeEscalation = "SLW2503";
    public const string WritableRoot = "SLW2504";
    public const string NoWritableTmp = "SLW2505";
    public const string Capabilities = "SLW2506";
    public const string Seccomp = "SLW2507";
    public const string Privileged = "SLW2508";
    public const string HostAccess = "SLW2509";
    public const string NoRequests = "SLW2510";
    public const string NoLimits = "SLW2511";
    public const string NoReadiness = "SLW2512";
    public const string NoLiveness = "SLW2513";
    public const string LiteralSecret = "SLW2514";
    public const string SecretInEnvironment = "SLW2515";
    public const string KeyMaterial = "SLW2516";
    public const string FloatingTag = "SLW2517";
    public const string NoDnsEgress = "SLW2518";
    public const string PointlessRule = "SLW2519";
    public const string WildcardRole = "SLW2520";
    public const string BlockingBudget = "SLW2521";

    // 5 build
    public const string BuildFailed = "SLW2601";

    // 6 server
    public const string Refused = "SLW2701";
    public const string ServerFailed = "SLW2702";
}
