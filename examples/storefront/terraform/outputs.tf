# Names as the usual AWS modules have them; Slipway finds them without a mapping (docs/terraform-outputs.md).

output "project_name" {
  value = var.project
}

output "environment" {
  value = var.environment
}

output "aws_region" {
  value = var.region
}

output "aws_account_id" {
  value = var.account_id
}

output "vpc_id" {
  value = terraform_data.vpc.output.id
}

output "vpc_cidr_block" {
  value = terraform_data.vpc.output.cidr_block
}

output "private_subnets" {
  value = terraform_data.vpc.output.private_subnets
}

output "db_instance_identifier" {
  value = terraform_data.database.output.identifier
}

output "db_instance_endpoint" {
  value = "${terraform_data.database.output.address}:${terraform_data.database.output.port}"
}

output "db_instance_port" {
  value = terraform_data.database.output.port
}

output "db_instance_name" {
  value = terraform_data.database.output.db_name
}

output "database_secret_arn" {
  value = terraform_data.database.output.secret_arn
}

# Sensitive: it is read by nobody and written nowhere.
output "db_instance_password" {
  value     = var.database_password
  sensitive = true
}

# An object: a mapping or a conventional name may lead into it.
output "elasticache" {
  value = terraform_data.cache.output
}

output "s3_bucket" {
  value = {
    id         = terraform_data.images.output.bucket
    arn        = terraform_data.images.output.arn
    policy_arn = terraform_data.images.output.policy_arn
  }
}

output "ecr_repository_urls" {
  value = { for name, repository in terraform_data.repository : "${var.project}-${name}" => repository.output }
}

output "cluster_name" {
  value = terraform_data.cluster.output.name
}

output "cluster_endpoint" {
  value = terraform_data.cluster.output.endpoint
}

output "cluster_oidc_issuer_url" {
  value = terraform_data.cluster.output.oidc_issuer_url
}

output "oidc_provider_arn" {
  value = terraform_data.cluster.output.oidc_provider_arn
}

output "irsa_role_arns" {
  value = { for name, role in terraform_data.role : replace(name, "-", "_") => role.output }
}
