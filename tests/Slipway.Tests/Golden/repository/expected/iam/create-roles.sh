#!/bin/sh
# Makes the IAM roles of shop in account 123456789012, or brings those that are there up to date.
# Needs: aws (signed in to that account), and curl for the load balancer controller's policy. It can be run again at any time.
set -eu

cd "$(dirname "$0")"

account=$(aws sts get-caller-identity --query Account --output text)
if [ "$account" != '123456789012' ]; then
  echo "signed in to account $account, but these roles belong to 123456789012" >&2
  exit 1
fi

# ensure_role NAME TRUST_POLICY_FILE
ensure_role() {
  if aws iam get-role --role-name "$1" >/dev/null 2>&1; then
    aws iam update-assume-role-policy --role-name "$1" --policy-document "file://$2"
    echo "updated  $1"
  else
    aws iam create-role --role-name "$1" --assume-role-policy-document "file://$2" >/dev/null
    echo "created  $1"
  fi
}

# put_policy ROLE NAME POLICY_FILE
put_policy() {
  aws iam put-role-policy --role-name "$1" --policy-name "$2" --policy-document "file://$3"
  echo "  policy $2"
}

# The controller's own project publishes the policy that belongs to its version.
if [ ! -f 'policies/aws-load-balancer-controller.json' ]; then
  curl -fsSLo 'policies/aws-load-balancer-controller.json' \
    'https://raw.githubusercontent.com/kubernetes-sigs/aws-load-balancer-controller/v2.13.4/docs/install/iam_policy.json'
fi

# aws-load-balancer-controller: makes the load balancers of the ingresses
ensure_role 'shop-aws-load-balancer-controller-role' 'trust-policies/aws-load-balancer-controller.json'
put_policy 'shop-aws-load-balancer-controller-role' 'aws-load-balancer-controller' 'policies/aws-load-balancer-controller.json'

# backend-sa: reads and writes the bucket for pricing
ensure_role 'shop-backend-role' 'trust-policies/backend.json'
put_policy 'shop-backend-role' 's3-read-write' 'policies/s3-read-write.json'

# external-secrets-sa: reads the secrets of the platform from AWS Secrets Manager
ensure_role 'shop-external-secrets-role' 'trust-policies/external-secrets.json'
put_policy 'shop-external-secrets-role' 'secrets-read' 'policies/secrets-read.json'
