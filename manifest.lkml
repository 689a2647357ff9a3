# The Looker extension "Heap Data Import". See README.md for the installation.

project_name: "heap_data_import"

# Where the action server answers, without a slash at the end. https, reachable from Looker and from browsers.
constant: ACTION_SERVER_URL {
  value: "https://heap-action.example.com"
  export: override_required
}

application: heap_data_import {
  label: "Heap Data Import"

  # The action server serves the bundle that fits it. To keep the bundle in this project instead, build it
  # (npm run build), add it as dist/bundle.js, and replace the next line by:  file: "dist/bundle.js"
  url: "@{ACTION_SERVER_URL}/extension/bundle.js"

  entitlements: {
    # The draft of a sync survives a reload; the environment ID is remembered.
    local_storage: yes
    # Every page has its own address.
    navigation: yes
    # A sync links to its Look.
    new_window: yes
    # Enter goes on in the wizard.
    use_form_submit: yes
    # Rejected rows are saved as a file.
    use_downloads: yes
    core_api_methods: [
      "all_datagroups",
      "all_integrations",
      "all_scheduled_plans",
      "all_timezones",
      "create_scheduled_plan",
      "delete_scheduled_plan",
      "fetch_integration_form",
      "look",
      "me",
      "run_look",
      "scheduled_plan",
      "scheduled_plan_run_once",
      "scheduled_plan_run_once_by_id",
      "search_looks",
      "update_scheduled_plan",
      "user"
    ]
    # Checks of every row, and the progress of imports.
    external_api_urls: ["@{ACTION_SERVER_URL}"]
    # How dates are written.
    global_user_attributes: ["locale"]
    # Only read, and only where the bundle is a file of this project: the address of the action server.
    scoped_user_attributes: ["action_server_url"]
  }
}
