# Laid over a copy of the configuration by try.sh: what moto 5.2 has no answer for is left out there, and only planned.
resource "aws_eks_addon" "network" {
  for_each = {}
}

resource "aws_eks_addon" "this" {
  for_each = {}
}

resource "aws_eks_pod_identity_association" "account" {
  for_each = {}
}

# moto's clusters have no security group of their own.
locals {
  pods_security_group = aws_default_security_group.this.id
}

# What moto takes and does not give back: a second plan would set it again.
resource "aws_cognito_user_pool" "this" {
  lifecycle { ignore_changes = [user_pool_tier] }
}

resource "aws_eks_cluster" "this" {
  lifecycle { ignore_changes = all }
}

resource "aws_eks_node_group" "this" {
  lifecycle { ignore_changes = all }
}

resource "aws_launch_template" "node" {
  lifecycle { ignore_changes = [tag_specifications] }
}

resource "aws_rds_cluster" "this" {
  lifecycle { ignore_changes = [enable_http_endpoint, scaling_configuration] }
}

resource "aws_rds_cluster_instance" "this" {
  lifecycle { ignore_changes = [performance_insights_enabled, performance_insights_kms_key_id] }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  lifecycle { ignore_changes = [description] }
}
