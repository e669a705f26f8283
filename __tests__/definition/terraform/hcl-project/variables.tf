variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "environment" {
  type = string
}

variable "with_catalog" {
  type    = bool
  default = true
}

variable "backend_url" {
  type    = string
  default = "https://backend.example.com"
}

variable "api_key" {
  type      = string
  default   = "very-secret-key-of-a-partner"
  sensitive = true
}
