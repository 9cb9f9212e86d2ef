namespace Slipway.Tests.Kubernetes.Validation;

/// <summary>Definitions of custom kinds for tests.</summary>
internal static class CustomResources
{
    public const string Certificate = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: certificates.cert-manager.io
        spec:
          group: cert-manager.io
          scope: Namespaced
          names:
            kind: Certificate
            plural: certificates
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      required: [secretName]
                      properties:
                        secretName: {type: string}
                        dnsNames: {type: array, items: {type: string}}
                        usages: {type: array, items: {type: string, enum: [server auth, client auth]}}
                        renewBefore: {x-kubernetes-int-or-string: true}
                        extra: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """;
}
