# The IAM roles that service accounts of shop take on (IRSA). An alternative to ../create-roles.sh: use one of the two.

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["123456789012"]
}

# aws-load-balancer-controller: makes the load balancers of the ingresses
resource "aws_iam_role" "aws_load_balancer_controller" {
  name               = "shop-aws-load-balancer-controller-role"
  assume_role_policy = file("${path.module}/../trust-policies/aws-load-balancer-controller.json")
}

resource "aws_iam_role_policy" "aws_load_balancer_controller_aws_load_balancer_controller" {
  # Fetched once from the controller's project, see docs/iam-setup.md; without the file the role has no permissions.
  count = fileexists("${path.module}/../policies/aws-load-balancer-controller.json") ? 1 : 0

  name   = "aws-load-balancer-controller"
  role   = aws_iam_role.aws_load_balancer_controller.name
  policy = try(file("${path.module}/../policies/aws-load-balancer-controller.json"), "")
}

# backend-sa: reads and writes the bucket for pricing
resource "aws_iam_role" "backend" {
  name               = "shop-backend-role"
  assume_role_policy = file("${path.module}/../trust-policies/backend.json")
}

resource "aws_iam_role_policy" "backend_s3_read_write" {
  name   = "s3-read-write"
  role   = aws_iam_role.backend.name
  policy = file("${path.module}/../policies/s3-read-write.json")
}

# external-secrets-sa: reads the secrets of the platform from AWS Secrets Manager
# The platform's own Terraform makes this role; give it the trust policy of the output 'trust_policies' there.
data "aws_iam_role" "external_secrets" {
  name = "shop-external-secrets-role"
}

resource "aws_iam_role_policy" "external_secrets_secrets_read" {
  name   = "secrets-read"
  role   = data.aws_iam_role.external_secrets.name
  policy = file("${path.module}/../policies/secrets-read.json")
}

output "role_arns" {
  description = "The roles' ARNs, as the service accounts' annotations carry them."
  value = {
    aws_load_balancer_controller = aws_iam_role.aws_load_balancer_controller.arn
    backend                      = aws_iam_role.backend.arn
    external_secrets             = data.aws_iam_role.external_secrets.arn
  }
}

output "trust_policies" {
  description = "The trust policies of the roles that other Terraform code makes."
  value = {
    external_secrets = file("${path.module}/../trust-policies/external-secrets.json")
  }
}
