variable "name" {
  description = "Start of every name: cluster, databases, brokers, roles, secrets. Also the chart's release."
  type        = string
  default     = "lasttable"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "Lower case letters, digits and hyphens, at most 31, a letter first."
  }
}

variable "region" {
  description = "Region of everything."
  type        = string
}

variable "namespace" {
  description = "Namespace that the chart is installed in."
  type        = string
  default     = "lasttable"
}

variable "tags" {
  description = "Tags of everything, beside those that are here already."
  type        = map(string)
  default     = {}
}

variable "deletion_protection" {
  description = "Whether database, user pool and load balancer refuse to be deleted."
  type        = bool
  default     = true
}

variable "last_snapshot" {
  description = "Whether the databases leave a snapshot when they are destroyed."
  type        = bool
  default     = true
}

# Network

variable "cidr" {
  description = "Range of the VPC, a /16: 8,000 addresses for pods in each of three zones."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(regex("/16$", var.cidr)) && can(cidrnetmask(var.cidr))
    error_message = "A /16, such as 10.0.0.0/16."
  }
}

variable "nat_gateway_per_zone" {
  description = "true: a zone that fails takes nobody's way out with it. false: one for all, which costs a third."
  type        = bool
  default     = true
}

# Cluster

variable "kubernetes_version" {
  description = "Version of the control plane."
  type        = string
  default     = "1.34"
}

variable "auto_mode" {
  description = "EKS Auto Mode (AWS runs nodes, load balancer controller and add-ons) in place of a managed node group."
  type        = bool
  default     = false
}

variable "nodes" {
  description = "The managed node group: instance types of one architecture, and how many."
  type = object({
    instance_types = optional(list(string), ["m7i.large"])
    ami_type       = optional(string, "AL2023_x86_64_STANDARD")
    min            = optional(number, 3)
    max            = optional(number, 9)
  })
  default = {}
}

variable "api_cidrs" {
  description = "Ranges that may reach the cluster's API from outside; empty: only the VPC."
  type        = list(string)
  default     = []

  validation {
    condition     = !contains(var.api_cidrs, "0.0.0.0/0")
    error_message = "Name the ranges of those who run kubectl."
  }
}

variable "admins" {
  description = "ARNs of IAM principals that administer the cluster, beside whoever makes it."
  type        = list(string)
  default     = []
}

variable "irsa" {
  description = "Roles for service accounts through the cluster's OIDC provider (IRSA) in place of Pod Identity."
  type        = bool
  default     = false
}

# Kafka

variable "kafka" {
  description = "The MSK cluster: version, type of the three brokers and GiB of storage for each."
  type = object({
    version       = optional(string, "3.9.x")
    instance_type = optional(string, "kafka.m7g.large")
    storage       = optional(number, 100)
  })
  default = {}
}

variable "existing_kafka" {
  description = "A cluster with IAM that is there already, in place of one of our own: its ARN, bootstrap servers (port 9098) and ranges."
  type = object({
    arn               = string
    bootstrap_servers = string
    cidrs             = list(string)
  })
  default = null
}

variable "kafka_partitions" {
  description = "Partitions of the topics that the chart's provision makes. Never changed later."
  type        = number
  default     = 24
}

# Databases

variable "database" {
  description = "Aurora PostgreSQL: version, instances (a writer and readers to fail over to), class, and for db.serverless the capacity units."
  type = object({
    version        = optional(string, "17.5")
    instances      = optional(number, 2)
    instance_class = optional(string, "db.serverless")
    min_capacity   = optional(number, 1)
    max_capacity   = optional(number, 16)
    backup_days    = optional(number, 14)
  })
  default = {}
}

# Address

variable "host" {
  description = "Host name at which the platform answers."
  type        = string
}

variable "zone_id" {
  description = "Route 53 zone of the host name: the certificate is made and proved there, and external-dns may write the name. null: certificate_arn."
  type        = string
  default     = null
}

variable "certificate_arn" {
  description = "Certificate in ACM that is there already; in place of zone_id."
  type        = string
  default     = null

  validation {
    condition     = (var.certificate_arn == null) != (var.zone_id == null)
    error_message = "Give either certificate_arn or zone_id."
  }
}

variable "waf_acl_arn" {
  description = "WAFv2 web ACL of the load balancer; null: none."
  type        = string
  default     = null
}

variable "site_origins" {
  description = "Origins of other sites whose pages may open the live socket. None: those of the host alone."
  type        = list(string)
  default     = []
}

# Identity

variable "machines" {
  description = "Applications that call: each with its scopes and the venues that it may touch ([\"*\"]: all)."
  type = map(object({
    scopes = set(string)
    venues = list(string)
  }))
  default = {}

  validation {
    condition = alltrue([for machine in values(var.machines) : alltrue([
      for scope in machine.scopes : contains(keys(local.scopes), scope)
    ])])
    error_message = "A scope is none of docs/deployment/identity.md."
  }
}

variable "issuer" {
  description = "An OIDC issuer that is there already, in place of a Cognito user pool: the chart's auth, oidc and web values."
  type        = any
  default     = null
}
